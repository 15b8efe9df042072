package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.Expression.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads expressions. Walks without recursion: a chain of operators may be thousands of levels deep. */
final class ExpressionReader {

  /** The nodes whose whole meaning is in their parts and in what is collected here. */
  private static final Set<String> UNDERSTOOD = Set.of(
      "A_Const",
      "TypeCast",
      "TypeName",
      "FuncCall",
      "SQLValueFunction",
      "ColumnRef",
      "A_Expr",
      "BoolExpr",
      "NullTest",
      "BooleanTest",
      "CoalesceExpr",
      "MinMaxExpr",
      "CaseExpr",
      "CaseWhen",
      "A_ArrayExpr",
      "A_Indirection",
      "A_Indices",
      "RowExpr",
      "CollateClause",
      "List",
      "String",
      "Integer",
      "NamedArgExpr");

  private final PieceSource source;
  private final Names names;

  ExpressionReader(PieceSource source, Names names) {
    this.source = source;
    this.names = names;
  }

  /** An expression that stands in the tokens from {@code first} to before {@code behind}. */
  Expression read(JsonNode node, int first, int behind) {
    return read(node, source.slice(first, behind));
  }

  /** A column's name in the place of an expression. */
  Expression column(String name, int token) {
    return new Expression(
        source.slice(token, token + 1), Kind.COMPUTED, Set.of(), Set.of(name), Set.of());
  }

  private Expression read(JsonNode node, String sql) {
    JsonNode bare = withoutCasts(node);
    if (bare.has("A_Const")) {
      Kind kind = bare.path("A_Const").path("isnull").asBoolean() ? Kind.NULL : Kind.LITERAL;
      return new Expression(sql, kind, Set.of(), Set.of(), Set.of());
    }
    Collected collected = new Collected();
    collected.from(node);
    return new Expression(
        sql,
        collected.opaque ? Kind.OPAQUE : Kind.COMPUTED,
        collected.functions,
        collected.columns,
        provedNotNull(node));
  }

  private static JsonNode withoutCasts(JsonNode node) {
    JsonNode bare = node;
    while (bare.has("TypeCast")) {
      bare = bare.path("TypeCast").path("arg");
    }
    return bare;
  }

  private Set<String> provedNotNull(JsonNode condition) {
    Set<String> columns = new LinkedHashSet<>();
    Deque<JsonNode> open = new ArrayDeque<>(List.of(condition));
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      JsonNode test = node.path("NullTest");
      if (node.path("BoolExpr").path("boolop").asText().equals("AND_EXPR")) {
        node.path("BoolExpr").path("args").forEach(open::push);
      } else if (test.path("nulltesttype").asText().equals("IS_NOT_NULL")
          && test.path("arg").has("ColumnRef")) {
        List<String> parts = names.strings(test.path("arg").path("ColumnRef").path("fields"));
        columns.add(parts.getLast());
      }
    }
    return columns;
  }

  /** The functions called anywhere in a tree. */
  Set<String> functions(JsonNode node) {
    Collected collected = new Collected();
    collected.from(node);
    return collected.functions;
  }

  private final class Collected {
    final Set<String> functions = new LinkedHashSet<>();
    final Set<String> columns = new LinkedHashSet<>();
    boolean opaque;

    void from(JsonNode root) {
      Deque<JsonNode> open = new ArrayDeque<>(List.of(root));
      while (!open.isEmpty()) {
        JsonNode node = open.pop();
        if (node.isObject()) {
          for (Map.Entry<String, JsonNode> member : node.properties()) {
            note(member.getKey(), member.getValue());
            if (member.getValue().isContainerNode()) {
              open.push(member.getValue());
            }
          }
        } else {
          for (JsonNode element : node) {
            if (element.isContainerNode()) {
              open.push(element);
            }
          }
        }
      }
    }

    private void note(String member, JsonNode value) {
      switch (member) {
        case "FuncCall" -> functions.add(functionName(value));
        case "SQLValueFunction" ->
          functions.add(valueFunctionName(value.path("op").asText()));
        case "ColumnRef" -> column(value);
        default ->
          opaque |= Character.isUpperCase(member.charAt(0)) && !UNDERSTOOD.contains(member);
      }
    }

    private void column(JsonNode columnRef) {
      List<String> parts = names.strings(columnRef.path("fields"));
      if (parts.size() < columnRef.path("fields").size()) {
        opaque = true; // a star: all columns, whichever they are
      } else {
        columns.add(parts.getLast());
        opaque |= columnRef.path("fields").findValues("sval").stream()
            .anyMatch(part -> source.placeholders().isIn(part.asText()));
      }
    }
  }

  /** PostgreSQL keeps EXTRACT, TRIM and the like as functions of pg_catalog, where all its own functions are. */
  private String functionName(JsonNode call) {
    List<String> parts = names.strings(call.path("funcname"));
    boolean builtIn = parts.size() == 2 && parts.getFirst().equals("pg_catalog");
    return String.join(".", builtIn ? parts.subList(1, 2) : parts);
  }

  /** SVFOP_CURRENT_TIMESTAMP_N is CURRENT_TIMESTAMP with a precision. */
  private static String valueFunctionName(String op) {
    String name = op.substring(op.indexOf('_') + 1).toLowerCase(Locale.ROOT);
    return name.endsWith("_n") ? name.substring(0, name.length() - 2) : name;
  }
}
