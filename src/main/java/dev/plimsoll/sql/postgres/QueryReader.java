package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.RelationName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the relations that a tree names, apart from the names that its WITH clauses give to queries. */
final class QueryReader {
  private static final Set<String> CHANGES =
      Set.of("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt");

  private final Names names;

  QueryReader(Names names) {
    this.names = names;
  }

  /** A node with the WITH names that can be used in it. */
  private record Scoped(JsonNode node, Set<String> queries) {}

  private record Named(RelationName relation, int location) {}

  /** All relations named in the tree, each once, in the order of the text. */
  List<RelationName> relations(JsonNode root) {
    Deque<Scoped> open = new ArrayDeque<>();
    open.push(new Scoped(root, Set.of()));
    return relations(open);
  }

  /** The relations that an INSERT names beside the one that it fills. */
  List<RelationName> readsBesidesTarget(JsonNode insert) {
    Deque<Scoped> open = new ArrayDeque<>();
    open.push(new Scoped(insert.path("onConflictClause"), Set.of()));
    open.push(new Scoped(insert.path("returningClause"), Set.of()));
    Set<String> given = openWith(insert.path("withClause"), Set.of(), open);
    open.push(new Scoped(insert.path("selectStmt"), given));
    return relations(open);
  }

  private List<RelationName> relations(Deque<Scoped> open) {
    List<Named> found = new ArrayList<>();
    while (!open.isEmpty()) {
      Scoped scoped = open.pop();
      JsonNode node = scoped.node();
      if (node.has("relname")) {
        RelationName relation = names.relation(node);
        if (relation.schema().isPresent() || !scoped.queries().contains(relation.name())) {
          found.add(new Named(relation, node.path("location").asInt(0)));
        }
      }
      openMembers(scoped, open);
    }
    found.sort(Comparator.comparingInt(Named::location));
    return found.stream().map(Named::relation).distinct().toList();
  }

  private void openMembers(Scoped scoped, Deque<Scoped> open) {
    JsonNode node = scoped.node();
    Set<String> queries = scoped.queries();
    if (node.has("withClause")) {
      queries = openWith(node.path("withClause"), queries, open);
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        if (member.getValue().isContainerNode() && !member.getKey().equals("withClause")) {
          open.push(new Scoped(member.getValue(), queries));
        }
      }
    } else {
      for (JsonNode element : node) {
        open.push(new Scoped(element, queries));
      }
    }
  }

  /** A query of a WITH can use those before it; with RECURSIVE all of them and itself. Says what the main query can use. */
  private Set<String> openWith(JsonNode with, Set<String> outer, Deque<Scoped> open) {
    Set<String> all = new HashSet<>(outer);
    for (JsonNode query : with.path("ctes")) {
      all.add(names.text(query.path("CommonTableExpr"), "ctename"));
    }
    Set<String> before = new HashSet<>(outer);
    for (JsonNode query : with.path("ctes")) {
      JsonNode expression = query.path("CommonTableExpr");
      open.push(new Scoped(
          expression.path("ctequery"),
          with.path("recursive").asBoolean() ? all : Set.copyOf(before)));
      before.add(names.text(expression, "ctename"));
    }
    return all;
  }

  /** Whether a query of a WITH in the tree changes a table. */
  boolean changesInWith(JsonNode root) {
    Deque<JsonNode> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      JsonNode node = open.pop();
      JsonNode query = node.path("ctequery");
      if (query.isObject()
          && query.properties().stream().anyMatch(member -> CHANGES.contains(member.getKey()))) {
        return true;
      }
      node.forEach(open::push);
    }
    return false;
  }
}
