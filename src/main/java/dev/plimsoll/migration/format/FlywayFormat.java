package dev.plimsoll.migration.format;

import dev.plimsoll.migration.Down;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.MigrationSet.NotRun;
import dev.plimsoll.migration.MigrationSet.Unread;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.migration.SourceFile.Change;
import dev.plimsoll.migration.format.FlywayName.Kind;
import dev.plimsoll.sql.SqlReader;
import dev.plimsoll.sql.SqlStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Flyway: {@code V2__x.sql} with {@code U2__x.sql}, {@code R__x.sql}, callbacks, and settings in {@code V2__x.sql.conf}. */
final class FlywayFormat implements MigrationFormat {

  private static final String CONF = ".conf";
  private static final Pattern NAME_LIKE = Pattern.compile(
      "[VvUuBb][0-9].*\\.[sS][qQ][lL](\\.conf)?|[Rr]__.*\\.[sS][qQ][lL](\\.conf)?", Pattern.DOTALL);
  private static final Pattern OTHER_LANGUAGE = Pattern.compile(
      "([VB][0-9][0-9._]*|R)__.*\\.(java|kt|groovy|scala|py|sh|bash|ps1|cmd|bat)", Pattern.DOTALL);

  @Override
  public String id() {
    return "flyway";
  }

  @Override
  public String title() {
    return "Flyway";
  }

  @Override
  public boolean mayClaim(String path) {
    String name = Paths.name(path);
    return NAME_LIKE.matcher(name).matches()
        || OTHER_LANGUAGE.matcher(name).matches()
        || FlywayName.of(withoutConf(name)).isPresent();
  }

  @Override
  public boolean claims(SourceFile file) {
    String name = Paths.name(file.path());
    if (OTHER_LANGUAGE.matcher(name).matches()) {
      return true;
    }
    Optional<FlywayName> parsed = FlywayName.of(withoutConf(name));
    boolean distinctive = parsed.filter(FlywayName::isDistinctive).isPresent();
    return distinctive || Paths.inMigrationFolder(file.path());
  }

  @Override
  public List<String> companionsOf(String path) {
    String script = withoutConf(path);
    List<String> companions = new ArrayList<>(List.of(script, script + CONF));
    FlywayName.of(Paths.name(script)).ifPresent(name -> {
      switch (name.kind()) {
        case VERSIONED -> addWithConf(companions, Paths.folder(script) + name.named(Kind.UNDO));
        case UNDO -> addWithConf(companions, Paths.folder(script) + name.named(Kind.VERSIONED));
        case REPEATABLE, BASELINE, MIGRATE_CALLBACK, OTHER_CALLBACK -> {}
      }
    });
    companions.remove(path);
    return companions;
  }

  @Override
  public MigrationSet read(List<SourceFile> files, SqlReader reader) {
    return new Reading(files, reader).read();
  }

  private static void addWithConf(List<String> paths, String path) {
    paths.add(path);
    paths.add(path + CONF);
  }

  private static String withoutConf(String path) {
    return path.endsWith(CONF) ? path.substring(0, path.length() - CONF.length()) : path;
  }

  /** One pass over the files of a change request. */
  private final class Reading {

    private final SqlReader reader;
    private final Map<String, SourceFile> settings = new LinkedHashMap<>();
    private final Map<SourceFile, FlywayName> scripts = new LinkedHashMap<>();
    private final Map<String, SourceFile> undos = new LinkedHashMap<>();
    private final List<Migration> migrations = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();
    private final List<NotRun> notRun = new ArrayList<>();

    Reading(List<SourceFile> files, SqlReader reader) {
      this.reader = reader;
      files.forEach(this::sort);
    }

    private void sort(SourceFile file) {
      String name = Paths.name(file.path());
      Optional<FlywayName> parsed = FlywayName.of(name);
      if (name.endsWith(CONF)) {
        settings.put(withoutConf(file.path()), file);
      } else if (parsed.isEmpty()) {
        notUnderstood(file);
      } else if (parsed.get().kind() == Kind.UNDO) {
        undos.put(versionKey(file, parsed.get()), file);
        scripts.put(file, parsed.get());
      } else {
        scripts.put(file, parsed.get());
      }
    }

    MigrationSet read() {
      Set<SourceFile> usedUndos = new HashSet<>();
      Map<String, String> versions = new LinkedHashMap<>();
      scripts.forEach((file, name) -> {
        switch (name.kind()) {
          case VERSIONED -> {
            Optional<SourceFile> undo = Optional.ofNullable(undos.get(versionKey(file, name)));
            undo.ifPresent(usedUndos::add);
            if (isTouched(file) || undo.filter(this::isTouched).isPresent()) {
              versioned(file, name, undo, versions);
            }
          }
          case REPEATABLE -> {
            if (isTouched(file)) {
              alone(
                  file,
                  name,
                  "Repeatable migrations have no undo: their next version replaces them.");
            }
          }
          case MIGRATE_CALLBACK -> {
            if (isTouched(file)) {
              alone(file, name, "Callbacks run with every deployment and have no undo.");
            }
          }
          case BASELINE -> notRun(file, "A baseline migration runs in new databases only.");
          case OTHER_CALLBACK -> notRun(file, "This callback does not run with `flyway migrate`.");
          case UNDO -> {}
        }
      });
      undos.values().stream()
          .filter(this::isTouched)
          .forEach(undo -> undoRead(undo, usedUndos.contains(undo)));
      settingsAlone();
      return new MigrationSet(
          migrations.stream().sorted(MigrationFormats.DEPLOYMENT_ORDER).toList(), unread, notRun);
    }

    private void versioned(
        SourceFile file, FlywayName name, Optional<SourceFile> undo, Map<String, String> versions) {
      Optional<SourceFile> present = undo.filter(u -> u.change() != Change.REMOVED);
      start(file, name).ifPresent(draft -> {
        if (present.isPresent()) {
          Script back = scriptOf(present.get());
          FlywaySettings own = settingsOf(present.get());
          draft
              .back(back, FlywayTransactions.modeOf(back.content().statements(), own))
              .problems(own.problems());
          mixing(draft, back, own);
        } else {
          draft.noWayBack(new Down.Missing(name.named(Kind.UNDO)));
        }
        String twin = versions.putIfAbsent(versionKey(file, name), file.path());
        if (twin != null) {
          draft.problem(
              Script.none(file.path()).firstLine(),
              "Flyway stops: `" + Paths.name(twin) + "` has the same version.");
        }
        migrations.add(draft.finished());
      });
    }

    private void alone(SourceFile file, FlywayName name, String whyNoUndo) {
      start(file, name)
          .ifPresent(draft ->
              migrations.add(draft.noWayBack(new Down.NotInFormat(whyNoUndo)).finished()));
    }

    /** What all kinds have in common; empty when there is nothing to run or nothing to read. */
    private Optional<Draft> start(SourceFile file, FlywayName name) {
      FlywaySettings own = settingsOf(file);
      if (file.change() == Change.REMOVED) {
        notRun.add(new NotRun(file.path(), MigrationFormats.REMOVED));
        return Optional.empty();
      }
      if (own.neverExecuted()) {
        notRun.add(new NotRun(file.path(), "Its settings say `shouldExecute=false`."));
        return Optional.empty();
      }
      if (file.text().isEmpty()) {
        unread.add(MigrationFormats.unreadable(file));
        return Optional.empty();
      }
      Script up = scriptOf(file);
      List<SqlStatement> statements = up.content().statements();
      Draft draft = new Draft(id(), Paths.name(file.path()), name.order(), file.change(), up)
          .runs(FlywayTransactions.modeOf(statements, own))
          .problems(own.problems());
      mixing(draft, up, own);
      if (name.lowerCasePrefix()) {
        draft.problem(
            up.firstLine(),
            "Flyway's prefixes are upper case: unless they are configured otherwise, it passes over this file.");
      }
      return Optional.of(draft);
    }

    /** Flyway takes a no-break space for white space. */
    private Script scriptOf(SourceFile file) {
      return Script.of(file, reader).withoutNoBreakSpaces();
    }

    private void mixing(Draft draft, Script script, FlywaySettings own) {
      FlywayTransactions.mixedAt(script.content().statements(), own)
          .ifPresent(statement -> draft.problem(
              statement.span(),
              "Flyway refuses this script: it mixes statements that run in a transaction with some that cannot. "
                  + "Put them into migrations of their own, or set `executeInTransaction=false` in `"
                  + Paths.name(script.path()) + CONF
                  + "`. (With `flyway.mixed=true` it would run, outside a transaction.)"));
    }

    private void undoRead(SourceFile undo, boolean hasVersioned) {
      if (undo.change() == Change.REMOVED) {
        notRun.add(new NotRun(undo.path(), MigrationFormats.REMOVED));
      } else if (!hasVersioned) {
        unread.add(
            new Unread(undo.path(), "An undo migration whose versioned migration was not found."));
      }
    }

    private void settingsAlone() {
      Set<String> known = new HashSet<>();
      scripts.keySet().forEach(file -> known.add(file.path()));
      settings.forEach((script, file) -> {
        if (!known.contains(script)
            && file.change() != Change.UNCHANGED
            && file.change() != Change.REMOVED) {
          unread.add(new Unread(file.path(), "Settings of a script that was not found."));
        }
      });
    }

    private void notUnderstood(SourceFile file) {
      if (file.change() == Change.UNCHANGED) {
        return;
      }
      if (file.change() == Change.REMOVED) {
        notRun.add(new NotRun(file.path(), MigrationFormats.REMOVED));
        return;
      }
      boolean otherLanguage = OTHER_LANGUAGE.matcher(Paths.name(file.path())).matches();
      unread.add(
          new Unread(
              file.path(),
              otherLanguage
                  ? "A Flyway migration that is not SQL: what it does is not read."
                  : "Flyway does not recognise this name, so it would not run. It expects `V<version>__<description>.sql`."));
    }

    private void notRun(SourceFile file, String reason) {
      if (file.change() != Change.UNCHANGED) {
        notRun.add(new NotRun(
            file.path(), file.change() == Change.REMOVED ? MigrationFormats.REMOVED : reason));
      }
    }

    private boolean isTouched(SourceFile file) {
      SourceFile conf = settings.get(file.path());
      return file.change() != Change.UNCHANGED
          || (conf != null && conf.change() != Change.UNCHANGED);
    }

    private FlywaySettings settingsOf(SourceFile script) {
      return Optional.ofNullable(settings.get(script.path()))
          .map(FlywaySettings::of)
          .orElse(FlywaySettings.NONE);
    }

    private String versionKey(SourceFile file, FlywayName name) {
      return Paths.folder(file.path()) + name.versionKey();
    }
  }
}
