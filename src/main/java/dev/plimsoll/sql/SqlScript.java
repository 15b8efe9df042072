package dev.plimsoll.sql;

import java.util.List;

/** What stands in an SQL text, in order. */
public record SqlScript(List<SqlStatement> statements, List<SqlComment> comments) {

  public SqlScript {
    statements = List.copyOf(statements);
    comments = List.copyOf(comments);
  }
}
