package dev.plimsoll.migration.format;

import dev.plimsoll.migration.Down;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.MigrationOrder;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.MigrationSet.NotRun;
import dev.plimsoll.migration.MigrationSet.Unread;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.migration.SourceFile.Change;
import dev.plimsoll.migration.TransactionMode;
import dev.plimsoll.sql.SqlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** SQL files of no known framework, run one after the other as psql -f does: every statement by itself. */
final class SqlFormat implements MigrationFormat {

  private static final Pattern SQL =
      Pattern.compile(".*\\.[a-z]*sql", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern NUMBERED = Pattern.compile("[0-9].*", Pattern.DOTALL);
  private static final int LONGEST_NAME = 255;
  private static final Pattern LEADING_NUMBER =
      Pattern.compile("[vV]?([0-9]+(?:[._-][0-9]+)*).*", Pattern.DOTALL);

  @Override
  public String id() {
    return "sql";
  }

  @Override
  public String title() {
    return "SQL files";
  }

  @Override
  public boolean mayClaim(String path) {
    boolean numbered = NUMBERED.matcher(Paths.name(path)).matches() && Paths.inDatabaseFolder(path);
    return SQL.matcher(path).matches() && (Paths.inMigrationFolder(path) || numbered);
  }

  @Override
  public boolean claims(SourceFile file) {
    return mayClaim(file.path());
  }

  @Override
  public List<String> companionsOf(String path) {
    List<String> companions = new ArrayList<>(SqlSiblings.upsOf(path));
    if (!SqlSiblings.isDown(path)) {
      companions.addAll(SqlSiblings.downsOf(path));
    }
    return companions;
  }

  @Override
  public MigrationSet read(List<SourceFile> files, SqlReader reader) {
    return new Reading(files, reader).read();
  }

  private final class Reading {

    private final SqlReader reader;
    private final List<SourceFile> ups = new ArrayList<>();
    private final Map<String, SourceFile> downs = new HashMap<>();
    private final Set<SourceFile> usedDowns = new HashSet<>();
    private final List<Migration> migrations = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();
    private final List<NotRun> notRun = new ArrayList<>();

    Reading(List<SourceFile> files, SqlReader reader) {
      this.reader = reader;
      Set<String> paths = files.stream().map(SourceFile::path).collect(Collectors.toSet());
      for (SourceFile file : files) {
        if (file.change() == Change.REMOVED) {
          notRun.add(new NotRun(file.path(), MigrationFormats.REMOVED));
        } else if (isDown(file.path(), paths)) {
          downs.put(file.path(), file);
        } else {
          ups.add(file);
        }
      }
    }

    private static boolean isDown(String path, Set<String> paths) {
      return SqlSiblings.isDown(path)
          || (SqlSiblings.mayBeDown(path)
              && SqlSiblings.upsOf(path).stream().anyMatch(paths::contains));
    }

    MigrationSet read() {
      Set<String> removed = new HashSet<>();
      notRun.forEach(file -> removed.add(file.path()));
      for (SourceFile up : ups) {
        List<String> places = SqlSiblings.downsOf(up.path());
        Optional<SourceFile> down =
            places.stream().map(downs::get).filter(file -> file != null).findFirst();
        down.ifPresent(usedDowns::add);
        boolean downChanges = down.filter(d -> d.change() != Change.UNCHANGED).isPresent()
            || places.stream().anyMatch(removed::contains);
        if (up.change() != Change.UNCHANGED || downChanges) {
          migration(up, down);
        }
      }
      downs.values().stream()
          .filter(down -> !usedDowns.contains(down) && down.change() != Change.UNCHANGED)
          .forEach(down ->
              unread.add(new Unread(down.path(), "A way back whose migration was not found.")));
      return new MigrationSet(
          migrations.stream().sorted(MigrationFormats.DEPLOYMENT_ORDER).toList(), unread, notRun);
    }

    private void migration(SourceFile up, Optional<SourceFile> down) {
      Optional<String> framework = up.text().flatMap(ForeignSections::frameworkOf);
      if (up.text().isEmpty()) {
        unread.add(MigrationFormats.unreadable(up));
        return;
      }
      if (framework.isPresent()) {
        unread.add(new Unread(
            up.path(),
            "Looks like a migration of " + framework.get() + ", which is not read yet."));
        return;
      }
      Draft draft = new Draft(
              id(), Paths.name(up.path()), orderOf(up.path()), up.change(), Script.of(up, reader))
          .runs(TransactionMode.AUTOCOMMIT);
      if (down.isPresent()) {
        draft.back(Script.of(down.get(), reader), TransactionMode.AUTOCOMMIT);
      } else {
        draft.noWayBack(SqlSiblings.expectedDownOf(up.path())
            .<Down>map(Down.Missing::new)
            .orElseGet(
                () -> new Down.NotInFormat("Plain SQL files have no way back of their own.")));
      }
      migrations.add(draft.finished());
    }
  }

  /** By the leading number of the file, or of its folder where the file's name has none; then by path. */
  private static MigrationOrder orderOf(String path) {
    String folder = Paths.folder(path);
    String own = folder.isEmpty() ? "" : Paths.name(folder.substring(0, folder.length() - 1));
    return numberOf(Paths.name(path))
        .or(() -> numberOf(own))
        .map(number -> MigrationOrder.versioned(number, path))
        .orElseGet(() -> new MigrationOrder(false, List.of(), path));
  }

  private static Optional<String> numberOf(String name) {
    Matcher number = LEADING_NUMBER.matcher(
        name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
    return number.matches() ? Optional.of(number.group(1)) : Optional.empty();
  }
}
