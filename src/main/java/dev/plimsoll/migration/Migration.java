package dev.plimsoll.migration;

import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlComment;
import dev.plimsoll.sql.SqlStatement;
import java.util.List;

/**
 * One migration, as the framework would run it.
 *
 * @param format the format's id: {@code flyway}
 * @param order compares like the framework's own order within one format; repeatable migrations come last
 * @param change what the change request does to the file with the up statements; {@code UNCHANGED} when only the way back
 *     or the settings beside it change
 * @param source the file that the up statements stand in
 * @param comments those of the up statements
 * @param ignores the findings that its author asks to leave out, in the up and in the down statements
 * @param problems what is wrong with the file itself, for its author
 */
public record Migration(
    String format,
    String name,
    MigrationOrder order,
    SourceFile.Change change,
    SourceText source,
    List<SqlStatement> up,
    List<SqlComment> comments,
    Down down,
    TransactionMode transactionMode,
    List<Ignore> ignores,
    List<Problem> problems) {

  public Migration {
    up = List.copyOf(up);
    comments = List.copyOf(comments);
    ignores = List.copyOf(ignores);
    problems = List.copyOf(problems);
  }

  public String path() {
    return source.file();
  }

  /** Something about a file that its author should know and that is not about what its SQL does. */
  public record Problem(SourceSpan place, String message) {}
}
