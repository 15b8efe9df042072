package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.CreateIndex;
import dev.plimsoll.sql.Statement.CreateObject;
import dev.plimsoll.sql.Statement.CreateTable;
import dev.plimsoll.sql.Statement.Unmodelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads CREATE. */
final class CreateGrammar {
  private final ColumnGrammar columns;
  private final ConstraintGrammar constraints;
  private final GenericExpressions expressions;
  private final QueryMapper queries;

  CreateGrammar(
      ColumnGrammar columns,
      ConstraintGrammar constraints,
      GenericExpressions expressions,
      QueryMapper queries) {
    this.columns = columns;
    this.constraints = constraints;
    this.expressions = expressions;
    this.queries = queries;
  }

  /** From behind CREATE. */
  Statement read(Cursor cursor) {
    boolean orReplace = cursor.accept("OR", "REPLACE") || cursor.accept("OR", "ALTER");
    int start = cursor.at();
    boolean temporary = false;
    while (cursor.acceptAny(
        "GLOBAL", "LOCAL", "TEMP", "TEMPORARY", "CACHED", "MEMORY", "PRIVATE")) {
      temporary |= cursor.is(cursor.at() - 1, "TEMP") || cursor.is(cursor.at() - 1, "TEMPORARY");
    }
    if (cursor.accept("TABLE")) {
      return table(cursor, temporary);
    }
    cursor.goTo(start);
    boolean unique = cursor.accept("UNIQUE");
    while (cursor.acceptAny(
        "CLUSTERED", "NONCLUSTERED", "FULLTEXT", "SPATIAL", "BITMAP", "HASH", "COLUMNSTORE")) {
      // the method does not change what is locked
    }
    if (cursor.accept("INDEX")) {
      return index(cursor, unique);
    }
    cursor.goTo(start);
    return object(cursor, orReplace);
  }

  private Statement table(Cursor cursor, boolean temporary) {
    boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
    Optional<RelationName> table = cursor.relation();
    if (table.isEmpty()) {
      return new Unmodelled("CREATE TABLE", List.of());
    }
    RelationName name = table.get();
    boolean isTemporary = temporary || name.name().startsWith("#");
    if (cursor.lookingAtAny("AS", "LIKE", "SELECT")) {
      return new CreateTable(
          name,
          ifNotExists,
          isTemporary,
          List.of(),
          List.of(),
          Optional.empty(),
          false,
          List.of(),
          true);
    }
    List<ColumnDefinition> ownColumns = new ArrayList<>();
    List<ConstraintDefinition> ownConstraints = new ArrayList<>();
    if (!cursor.looking("(")) {
      return new Unmodelled("CREATE TABLE", List.of(name));
    }
    for (Cursor element : cursor.elements()) {
      if (!element(element, ownColumns, ownConstraints)) {
        return new Unmodelled("CREATE TABLE", List.of(name));
      }
    }
    boolean fromQuery = cursor.find("SELECT") < cursor.end();
    boolean partitioned = cursor.find("PARTITION") < cursor.end();
    return new CreateTable(
        name,
        ifNotExists,
        isTemporary,
        ownColumns,
        ownConstraints,
        Optional.empty(),
        partitioned,
        List.of(),
        fromQuery);
  }

  private boolean element(
      Cursor element,
      List<ColumnDefinition> intoColumns,
      List<ConstraintDefinition> intoConstraints) {
    boolean indexOnly = element.lookingAtAny("INDEX", "KEY", "FULLTEXT", "SPATIAL");
    if (indexOnly) {
      return true; // an index of a new table
    }
    if (element.lookingAtAny("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN")
        || element.looking("CHECK", "(")) {
      Optional<ConstraintDefinition> constraint = constraints.ofTable(element, false);
      constraint.ifPresent(intoConstraints::add);
      return constraint.isPresent();
    }
    Optional<ColumnDefinition> column = columns.read(element);
    column.ifPresent(intoColumns::add);
    return column.isPresent();
  }

  private Statement index(Cursor cursor, boolean unique) {
    boolean ifNotExists = cursor.accept("IF", "NOT", "EXISTS");
    Optional<String> name =
        cursor.looking("ON") ? Optional.empty() : cursor.relation().map(RelationName::name);
    String method = cursor.accept("USING") ? cursor.take().toLowerCase(Locale.ROOT) : "btree";
    Optional<RelationName> table = cursor.accept("ON") ? cursor.relation() : Optional.empty();
    if (table.isEmpty() || !cursor.looking("(")) {
      return new Unmodelled("CREATE INDEX", table.map(List::of).orElse(List.of()));
    }
    List<Expression> keys = new ArrayList<>();
    for (Cursor element : cursor.elements()) {
      keys.add(key(element));
    }
    int where = cursor.find("WHERE");
    int behind = where < cursor.end() ? endOfCondition(cursor, where) : where;
    Optional<Expression> condition = where < cursor.end()
        ? Optional.of(expressions.condition(cursor.text(where + 1, behind)))
        : Optional.empty();
    return new CreateIndex(
        name, table.get(), keys, condition, unique, isOnline(cursor), ifNotExists, false, method);
  }

  private static int endOfCondition(Cursor cursor, int where) {
    cursor.goTo(where);
    return cursor.find("WITH");
  }

  /** Oracle's ONLINE and SQL Server's WITH (ONLINE = ON) let writes go on, as CONCURRENTLY does. */
  private static boolean isOnline(Cursor cursor) {
    for (int i = cursor.start(); i < cursor.end(); i++) {
      if (cursor.is(i, "ONLINE") && !(cursor.is(i + 1, "=") && cursor.is(i + 2, "OFF"))) {
        return true;
      }
    }
    return false;
  }

  private Expression key(Cursor element) {
    int start = element.at();
    Optional<String> column = element.name();
    if (column.isPresent() && !isCall(element)) {
      String written = element.text(start, start + 1);
      return new Expression(
          written, Expression.Kind.COMPUTED, Set.of(), Set.of(column.get()), Set.of());
    }
    element.goTo(start);
    String text = element.rest().replaceFirst("(?i)\\s+(ASC|DESC)$", "");
    return expressions.value(text);
  }

  /** A column may have a length behind it, {@code name(10)}; a function has anything else. */
  private static boolean isCall(Cursor element) {
    if (!element.looking("(")) {
      return false;
    }
    return !element.brackets().isKind(Lexeme.Kind.NUMBER);
  }

  private Statement object(Cursor cursor, boolean orReplace) {
    while (cursor.acceptAny(
            "ALGORITHM",
            "DEFINER",
            "SQL",
            "SECURITY",
            "EDITIONABLE",
            "NONEDITIONABLE",
            "FORCE",
            "PUBLIC",
            "=",
            "@",
            "MERGE",
            "UNDEFINED",
            "TEMPTABLE",
            "INVOKER",
            "AGGREGATE",
            "NO",
            "CURRENT_USER")
        || isAccount(cursor)) {
      if (cursor.looking("(")) {
        cursor.brackets();
      }
    }
    String kind = cursor.take().toUpperCase(Locale.ROOT);
    if (kind.equals("MATERIALIZED")
        || (kind.equals("PACKAGE") && cursor.looking("BODY"))
        || (kind.equals("DATABASE") && cursor.looking("LINK"))) {
      kind += " " + cursor.take().toUpperCase(Locale.ROOT);
    }
    cursor.accept("IF", "NOT", "EXISTS");
    Optional<RelationName> name = cursor.relation();
    String shown = name.map(RelationName::toString).orElse("");
    return switch (kind) {
      case "VIEW", "MATERIALIZED VIEW" -> {
        int as = cursor.find("AS");
        List<RelationName> reads =
            queries.tables(cursor.text(Math.min(as + 1, cursor.end()), cursor.end()));
        yield orReplace
            ? new Unmodelled("CREATE OR REPLACE VIEW", withName(name, reads))
            : new CreateObject(kind, shown, reads);
      }
      case "TRIGGER" -> {
        int on = cursor.find("ON");
        cursor.goTo(Math.min(on + 1, cursor.end()));
        yield new Unmodelled("CREATE TRIGGER", cursor.relation().map(List::of).orElse(List.of()));
      }
      case "SEQUENCE",
          "SCHEMA",
          "DATABASE",
          "USER",
          "ROLE",
          "LOGIN",
          "TYPE",
          "DOMAIN",
          "FUNCTION",
          "PROCEDURE",
          "PROC",
          "PACKAGE",
          "PACKAGE BODY",
          "SYNONYM",
          "EVENT",
          "ALIAS" -> new CreateObject(kind, shown, List.of());
      default -> new Unmodelled("CREATE " + kind, List.of());
    };
  }

  /** DEFINER = `root`@`localhost`. */
  private static boolean isAccount(Cursor cursor) {
    boolean next = cursor.is(cursor.at() - 1, "=") || cursor.is(cursor.at() - 1, "@");
    if (next && !cursor.atEnd()) {
      cursor.take();
    }
    return next;
  }

  private static List<RelationName> withName(
      Optional<RelationName> name, List<RelationName> reads) {
    List<RelationName> all = new ArrayList<>(reads);
    name.ifPresent(view -> all.addFirst(view));
    return all;
  }
}
