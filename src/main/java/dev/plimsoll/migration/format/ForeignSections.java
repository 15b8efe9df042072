package dev.plimsoll.migration.format;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files that hold a way up and a way back between marks of some framework. As plain SQL they would be read as if both ran.
 */
final class ForeignSections {

  private record Mark(String framework, Pattern pattern) {}

  private static final List<Mark> MARKS = List.of(
      mark("dbmate", "^--[ \\t]*migrate:(up|down)\\b"),
      mark("goose", "^--[ \\t]*\\+goose[ \\t]"),
      mark("sql-migrate", "^--[ \\t]*\\+migrate[ \\t]"),
      mark("rambler", "^--[ \\t]*rambler[ \\t]+(up|down)\\b"),
      mark(
          "Liquibase", "^--[ \\t]*(liquibase[ \\t]+formatted[ \\t]+sql|changeset[ \\t]+\\S+:\\S+)"),
      mark("Evolutions", "^#[ \\t]*---[ \\t]*!(Ups|Downs)"),
      mark("MyBatis Migrations", "^--[ \\t]*//[ \\t]*@UNDO\\b"));

  private ForeignSections() {}

  static Optional<String> frameworkOf(String text) {
    return MARKS.stream()
        .filter(mark -> mark.pattern().matcher(text).find())
        .map(Mark::framework)
        .findFirst();
  }

  private static Mark mark(String framework, String pattern) {
    return new Mark(
        framework, Pattern.compile(pattern, Pattern.MULTILINE | Pattern.CASE_INSENSITIVE));
  }
}
