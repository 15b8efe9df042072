package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.Delete;
import dev.plimsoll.sql.Statement.Insert;
import dev.plimsoll.sql.Statement.Select;
import dev.plimsoll.sql.Statement.Unmodelled;
import dev.plimsoll.sql.Statement.Update;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads SELECT, INSERT, UPDATE and DELETE. */
final class DataReader {
  private final PieceSource source;
  private final Names names;
  private final ExpressionReader expressions;
  private final TableReader tables;
  private final QueryReader queries;

  DataReader(
      PieceSource source,
      Names names,
      ExpressionReader expressions,
      TableReader tables,
      QueryReader queries) {
    this.source = source;
    this.names = names;
    this.expressions = expressions;
    this.tables = tables;
    this.queries = queries;
  }

  Statement select(JsonNode statement) {
    if (queries.changesInWith(statement)) {
      return new Unmodelled("WITH ... SELECT", queries.relations(statement));
    }
    JsonNode into = intoOf(statement);
    if (into.isObject()) {
      return tables.fromQuery(into, false);
    }
    return new Select(queries.relations(statement), List.copyOf(expressions.functions(statement)));
  }

  /** In a UNION, INTO stands in the first SELECT. */
  private static JsonNode intoOf(JsonNode statement) {
    JsonNode first = statement;
    while (first.has("larg")) {
      first = first.path("larg");
    }
    return first.path("intoClause");
  }

  Statement insert(JsonNode statement) {
    if (queries.changesInWith(statement)) {
      return new Unmodelled("WITH ... INSERT", queries.relations(statement));
    }
    RelationName table = names.relation(statement.path("relation"));
    JsonNode query = statement.path("selectStmt").path("SelectStmt");
    boolean fromQuery = query.isObject() && !query.has("valuesLists");
    return new Insert(table, fromQuery, queries.readsBesidesTarget(statement));
  }

  Statement update(JsonNode statement) {
    if (queries.changesInWith(statement)) {
      return new Unmodelled("WITH ... UPDATE", queries.relations(statement));
    }
    Set<String> columns = new LinkedHashSet<>();
    for (JsonNode target : statement.path("targetList")) {
      columns.add(names.text(target.path("ResTarget"), "name"));
    }
    return new Update(
        names.relation(statement.path("relation")), List.copyOf(columns), where(statement));
  }

  Statement delete(JsonNode statement) {
    if (queries.changesInWith(statement)) {
      return new Unmodelled("WITH ... DELETE", queries.relations(statement));
    }
    return new Delete(names.relation(statement.path("relation")), where(statement));
  }

  private Optional<Expression> where(JsonNode statement) {
    if (!statement.has("whereClause")) {
      return Optional.empty();
    }
    TokenList tokens = source.tokens();
    int keyword = tokens.find("WHERE", source.from(), source.to());
    int behind = tokens.find("RETURNING", keyword, source.to());
    return Optional.of(expressions.read(statement.path("whereClause"), keyword + 1, behind));
  }
}
