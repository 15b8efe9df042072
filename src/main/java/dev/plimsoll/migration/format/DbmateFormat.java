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
import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlReader;
import dev.plimsoll.sql.SqlScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * dbmate: {@code 20240131120000_name.sql} with {@code -- migrate:up} and {@code -- migrate:down} sections, as many pairs as
 * the author likes. A section goes to the server as one query (pkg/dbmate, Migrate), in a transaction unless its directive
 * says {@code transaction:false}.
 */
final class DbmateFormat implements MigrationFormat {

  private static final Pattern NAME = Pattern.compile("[0-9]+.*\\.sql", Pattern.DOTALL);
  private static final Pattern DIRECTIVE = Pattern.compile(
      "^--[ \\t]*migrate:(up|down)(?![^\\s])([^\\n]*)$", Pattern.MULTILINE | Pattern.UNIX_LINES);
  private static final Pattern OPTION = Pattern.compile("transaction:([^:\\s]*)");
  private static final int MOST_SECTIONS = 1_000;

  /**
   * @param from where its directive begins
   * @param to where the next one begins, or the text ends
   */
  private record Section(boolean up, int from, int to, TransactionMode mode) {}

  @Override
  public String id() {
    return "dbmate";
  }

  @Override
  public String title() {
    return "dbmate";
  }

  @Override
  public boolean mayClaim(String path) {
    return NAME.matcher(Paths.name(path)).matches();
  }

  @Override
  public boolean claims(SourceFile file) {
    return DIRECTIVE.matcher(file.text().orElse("")).find();
  }

  @Override
  public List<String> companionsOf(String path) {
    return List.of();
  }

  @Override
  public MigrationSet read(List<SourceFile> files, SqlReader reader) {
    List<Migration> migrations = new ArrayList<>();
    List<Unread> unread = new ArrayList<>();
    List<NotRun> notRun = new ArrayList<>();
    for (SourceFile file : files) {
      if (file.change() == Change.REMOVED) {
        notRun.add(new NotRun(file.path(), MigrationFormats.REMOVED));
      } else if (file.change() == Change.UNCHANGED) {
        continue;
      } else if (file.text().isEmpty()) {
        unread.add(MigrationFormats.unreadable(file));
      } else if (!mayClaim(file.path())) {
        unread.add(
            new Unread(
                file.path(),
                "dbmate does not recognise this name, so it would not run. It expects `<number>_<title>.sql`."));
      } else if (sectionsOf(file.text().get()).size() > MOST_SECTIONS) {
        unread.add(new Unread(file.path(), "It has more than " + MOST_SECTIONS + " sections."));
      } else {
        migrations.addAll(migrationsOf(file, reader));
      }
    }
    return new MigrationSet(
        migrations.stream().sorted(MigrationFormats.DEPLOYMENT_ORDER).toList(), unread, notRun);
  }

  private List<Migration> migrationsOf(SourceFile file, SqlReader reader) {
    SourceText source = new SourceText(file.path(), file.text().orElseThrow());
    List<Section> sections = sectionsOf(source.text());
    List<Section> ups = sections.stream().filter(Section::up).toList();
    if (ups.isEmpty()) {
      return List.of(withoutUp(file, source, sections, reader));
    }
    List<Migration> migrations = new ArrayList<>();
    for (int i = 0; i < ups.size(); i++) {
      Section up = ups.get(i);
      int end = i + 1 < ups.size() ? ups.get(i + 1).from() : source.text().length();
      List<Section> downs = sections.stream()
          .filter(s -> !s.up() && s.from() > up.from() && s.from() < end)
          .toList();
      String name = Paths.name(file.path()) + (ups.size() > 1 ? " (part " + (i + 1) + ")" : "");
      Draft draft = new Draft(
              id(), name, orderOf(file, i), file.change(), script(source, up, reader))
          .runs(up.mode());
      down(draft, source, up, downs, reader);
      if (i == 0) {
        beforeUp(draft, source, sections.getFirst(), reader);
      }
      migrations.add(draft.finished());
    }
    return migrations;
  }

  private static void down(
      Draft draft, SourceText source, Section up, List<Section> downs, SqlReader reader) {
    if (downs.isEmpty()) {
      draft.noWayBack(new Down.Missing("a \"-- migrate:down\" section"));
      draft.problem(
          directive(source, up), "dbmate refuses a file without a `-- migrate:down` section.");
      return;
    }
    Section down = downs.getFirst();
    draft.back(script(source, down, reader), down.mode());
    if (downs.size() > 1) {
      Section second = downs.get(1);
      draft.problem(
          directive(source, second),
          "dbmate refuses a second `-- migrate:down` for one `-- migrate:up`.");
    }
  }

  /** dbmate refuses statements above the first directive, and a down section that comes first. */
  private static void beforeUp(Draft draft, SourceText source, Section first, SqlReader reader) {
    if (!first.up()) {
      draft.problem(
          directive(source, first), "dbmate refuses a down section before the up section.");
    }
    SqlScript preface = reader.read(source, 0, first.from());
    if (!preface.statements().isEmpty()) {
      draft.problem(
          preface.statements().getFirst().span(),
          "dbmate refuses statements above `-- migrate:up`.");
    }
  }

  private Migration withoutUp(
      SourceFile file, SourceText source, List<Section> sections, SqlReader reader) {
    Draft draft = new Draft(
        id(),
        Paths.name(file.path()),
        orderOf(file, 0),
        file.change(),
        Script.section(source, 0, 0, reader));
    Optional<Section> down = sections.stream().findFirst();
    if (down.isPresent()) {
      draft.back(script(source, down.get(), reader), down.get().mode());
    } else {
      draft.noWayBack(new Down.Missing("a \"-- migrate:down\" section"));
    }
    return draft
        .problem(
            Script.none(file.path()).firstLine(),
            "dbmate refuses a file without a `-- migrate:up` section.")
        .finished();
  }

  private static Script script(SourceText source, Section section, SqlReader reader) {
    return Script.section(source, section.from(), section.to(), reader);
  }

  private static SourceSpan directive(SourceText source, Section section) {
    int newline = source.text().indexOf('\n', section.from());
    return source.span(section.from(), newline < 0 ? section.to() : newline);
  }

  /** By file name as text, not by number: {@code 10_x.sql} comes before {@code 9_x.sql}. */
  private static MigrationOrder orderOf(SourceFile file, int part) {
    return new MigrationOrder(
        false, List.of(), Paths.name(file.path()) + " " + String.format("%04d", part));
  }

  private static List<Section> sectionsOf(String text) {
    List<Section> sections = new ArrayList<>();
    Matcher directive = DIRECTIVE.matcher(text);
    boolean found = directive.find();
    while (found && sections.size() <= MOST_SECTIONS) {
      boolean up = directive.group(1).equals("up");
      int from = directive.start();
      Matcher option = OPTION.matcher(directive.group(2));
      String transaction = "true";
      while (option.find()) {
        transaction = option.group(1);
      }
      found = directive.find();
      int to = found ? directive.start() : text.length();
      sections.add(new Section(
          up,
          from,
          to,
          transaction.equals("false")
              ? TransactionMode.SINGLE_QUERY
              : TransactionMode.TRANSACTION));
    }
    return sections;
  }
}
