package dev.plimsoll.rules;

import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.Statement.AlterTable;
import dev.plimsoll.sql.Statement.TableCommand;
import java.util.Optional;

/** A command of an ALTER TABLE as its author wrote it, so that a fix keeps what the model leaves out. */
final class CommandText {

  private CommandText() {}

  /** {@code ADD CONSTRAINT ...}; absent where the SQL does not stand in the file as it is run. */
  static Optional<String> of(Change<?> change) {
    if (!(change.step().statement() instanceof AlterTable alter)) {
      return Optional.empty();
    }
    String source = change.step().migration().source().text();
    SourceSpan whole = change.step().sql().span();
    boolean verbatim =
        textAt(source, whole).filter(change.step().sql().text()::equals).isPresent();
    return alter.commands().stream()
        .filter(c -> verbatim && c.change() == change.command())
        .map(TableCommand::span)
        .findFirst()
        .flatMap(span -> textAt(source, span));
  }

  private static Optional<String> textAt(String source, SourceSpan span) {
    int from = span.start().offset();
    int to = span.end().offset();
    return from <= to && to <= source.length()
        ? Optional.of(source.substring(from, to))
        : Optional.empty();
  }
}
