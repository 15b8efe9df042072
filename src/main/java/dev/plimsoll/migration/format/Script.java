package dev.plimsoll.migration.format;

import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.sql.Position;
import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlReader;
import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement;
import java.util.List;
import java.util.Optional;

/** An SQL file, or a section of one, that has been read. */
record Script(SourceText source, SqlScript content) {

  /** A whole file. One without text, such as a companion that is too large, is one statement that cannot be read. */
  static Script of(SourceFile file, SqlReader reader) {
    if (file.text().isEmpty()) {
      return unreadable(file);
    }
    SourceText source = new SourceText(file.path(), file.text().get());
    int from = source.text().startsWith("\uFEFF") ? 1 : 0;
    return new Script(source, reader.read(source, from, source.text().length()));
  }

  /** A part of a text, from one offset to before another. */
  static Script section(SourceText source, int from, int to, SqlReader reader) {
    return new Script(source, reader.read(source, from, to));
  }

  /** No file at all. */
  static Script none(String path) {
    return new Script(new SourceText(path, ""), new SqlScript(List.of(), List.of()));
  }

  private static Script unreadable(SourceFile file) {
    SourceText source = new SourceText(file.path(), "");
    String reason = file.unreadable().orElse("its content is not known");
    SqlStatement opaque = new SqlStatement(
        new Statement.Opaque("The file could not be read: " + reason, Optional.empty()),
        "",
        source.span(0, 0));
    return new Script(source, new SqlScript(List.of(opaque), List.of()));
  }

  /** Without what stands behind the last statement when that is nothing but no-break spaces, which are no space to a server. */
  Script withoutNoBreakSpaces() {
    List<SqlStatement> statements = content.statements().stream()
        .filter(s -> s.text().isEmpty()
            || !s.text().chars().allMatch(c -> c == 0xA0 || Character.isWhitespace(c)))
        .toList();
    return new Script(source, new SqlScript(statements, content.comments()));
  }

  String path() {
    return source.file();
  }

  SourceSpan firstLine() {
    int end = source.text().isEmpty() ? 0 : source.line(1).length();
    Position start = source.positionAt(0);
    return new SourceSpan(source.file(), start, source.positionAt(end));
  }
}
