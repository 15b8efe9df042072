package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.CreateIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads CREATE INDEX. */
final class IndexReader {
  private final PieceSource source;
  private final Names names;
  private final ExpressionReader expressions;

  IndexReader(PieceSource source, Names names, ExpressionReader expressions) {
    this.source = source;
    this.names = names;
    this.expressions = expressions;
  }

  Statement create(JsonNode statement) {
    JsonNode relation = statement.path("relation");
    return new CreateIndex(
        names.optional(statement, "idxname"),
        names.relation(relation),
        keys(statement),
        where(statement),
        statement.path("unique").asBoolean(),
        statement.path("concurrent").asBoolean(),
        statement.path("if_not_exists").asBoolean(),
        !relation.path("inh").asBoolean(),
        names.optional(statement, "accessMethod").orElse("btree"));
  }

  private List<Expression> keys(JsonNode statement) {
    TokenList tokens = source.tokens();
    int first = source.token(statement.path("relation"));
    while (first < source.to() && !tokens.is(first, '(')) {
      first++;
    }
    first++;
    List<Expression> keys = new ArrayList<>();
    for (JsonNode item : statement.path("indexParams")) {
      JsonNode key = item.path("IndexElem");
      int behind = tokens.endOfElement(first, source.to());
      Optional<String> column = names.optional(key, "name");
      int start = first;
      keys.add(column
          .map(name -> expressions.column(name, start))
          .orElseGet(() -> expression(key.path("expr"), start, behind)));
      first = behind + 1;
    }
    return keys;
  }

  /** An expression is in brackets or ends with those of a call; what is behind them are operator class and order. */
  private Expression expression(JsonNode node, int first, int behind) {
    TokenList tokens = source.tokens();
    int open = first;
    while (open < behind && !tokens.is(open, '(')) {
      open++;
    }
    if (open == behind) {
      return expressions.read(node, first, first + 1);
    }
    int close = tokens.closing(open, behind);
    return open == first
        ? expressions.read(node, open + 1, close)
        : expressions.read(node, first, close + 1);
  }

  private Optional<Expression> where(JsonNode statement) {
    if (!statement.has("whereClause")) {
      return Optional.empty();
    }
    int keyword = source.tokens().find("WHERE", source.from(), source.to());
    return Optional.of(expressions.read(statement.path("whereClause"), keyword + 1, source.to()));
  }
}
