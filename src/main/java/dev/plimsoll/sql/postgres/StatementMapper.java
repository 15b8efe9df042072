package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.CommentOn;
import dev.plimsoll.sql.Statement.CreateObject;
import dev.plimsoll.sql.Statement.DropIndex;
import dev.plimsoll.sql.Statement.DropTable;
import dev.plimsoll.sql.Statement.Rename;
import dev.plimsoll.sql.Statement.Truncate;
import dev.plimsoll.sql.Statement.Unmodelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the parse tree of one statement into what it says. */
final class StatementMapper {
  private final Names names;
  private final QueryReader queries;
  private final TableReader tables;
  private final AlterTableReader alterations;
  private final IndexReader indexes;
  private final DataReader data;
  private final ObjectReader objects;

  StatementMapper(PieceSource source) {
    this.names = new Names(source.placeholders());
    this.queries = new QueryReader(names);
    ExpressionReader expressions = new ExpressionReader(source, names);
    TypeReader types = new TypeReader(names);
    ConstraintReader constraints = new ConstraintReader(source, names, expressions);
    ColumnReader columns = new ColumnReader(source, names, expressions, types, constraints);
    this.tables = new TableReader(names, columns, constraints);
    this.alterations =
        new AlterTableReader(source, names, expressions, types, columns, constraints);
    this.indexes = new IndexReader(source, names, expressions);
    this.data = new DataReader(source, names, expressions, tables, queries);
    this.objects = new ObjectReader(names, queries);
  }

  /** A node with one member, whose name is the statement's kind. */
  Statement map(JsonNode node) {
    String kind = node.properties().iterator().next().getKey();
    JsonNode statement = node.path(kind);
    return switch (kind) {
      case "AlterTableStmt" -> alter(statement);
      case "CreateStmt" -> tables.create(statement);
      case "CreateTableAsStmt" -> createFromQuery(statement);
      case "IndexStmt" -> indexes.create(statement);
      case "DropStmt" -> drop(statement);
      case "RenameStmt" -> rename(statement);
      case "AlterObjectSchemaStmt" -> setSchema(statement);
      case "SelectStmt" -> data.select(statement);
      case "InsertStmt" -> data.insert(statement);
      case "UpdateStmt" -> data.update(statement);
      case "DeleteStmt" -> data.delete(statement);
      case "TruncateStmt" ->
        new Truncate(names.relations(statement.path("relations")), isCascade(statement));
      case "VariableSetStmt" -> Settings.set(statement, names);
      case "TransactionStmt" -> Settings.transaction(statement);
      case "CommentStmt" -> comment(statement);
      case String other -> objects.read(other, statement);
    };
  }

  /** ALTER INDEX, VIEW, SEQUENCE and the like have the grammar of ALTER TABLE. */
  private Statement alter(JsonNode statement) {
    String type = ObjectKind.spell(statement.path("objtype").asText());
    return type.equals("TABLE")
        ? alterations.read(statement)
        : new Unmodelled("ALTER " + type, queries.relations(statement));
  }

  private Statement createFromQuery(JsonNode statement) {
    JsonNode into = statement.path("into");
    if (!statement.path("objtype").asText().equals("OBJECT_MATVIEW")) {
      return tables.fromQuery(into, statement.path("if_not_exists").asBoolean());
    }
    return new CreateObject(
        "MATERIALIZED VIEW",
        names.relation(into.path("rel")).toString(),
        queries.relations(statement.path("query")));
  }

  private Statement drop(JsonNode statement) {
    String type = ObjectKind.spell(statement.path("removeType").asText());
    boolean ifExists = statement.path("missing_ok").asBoolean();
    List<RelationName> relations = new ArrayList<>();
    for (JsonNode object : statement.path("objects")) {
      List<String> parts = names.strings(object);
      if (ObjectKind.isPartOfRelation(type)) {
        names.relationOfPart(parts).ifPresent(relations::add);
      } else if (ObjectKind.isRelation(type)) {
        relations.add(names.relation(parts));
      }
    }
    return switch (type) {
      case "TABLE" -> new DropTable(relations, ifExists, isCascade(statement));
      case "INDEX" ->
        new DropIndex(
            relations, statement.path("concurrent").asBoolean(), ifExists, isCascade(statement));
      default -> new Unmodelled("DROP " + type, relations);
    };
  }

  private Statement rename(JsonNode statement) {
    String type = ObjectKind.spell(statement.path("renameType").asText());
    boolean ofTable = statement.path("relationType").asText().equals("OBJECT_TABLE");
    Rename.Kind kind = switch (type) {
      case "TABLE" -> Rename.Kind.TABLE;
      case "COLUMN" -> ofTable ? Rename.Kind.COLUMN : Rename.Kind.OTHER;
      case "CONSTRAINT" -> Rename.Kind.CONSTRAINT;
      case "INDEX" -> Rename.Kind.INDEX;
      default -> Rename.Kind.OTHER;
    };
    Optional<String> part = names.optional(statement, "subname");
    JsonNode relation = statement.path("relation");
    RelationName renamed =
        relation.isObject() ? names.relation(relation) : nameOf(statement.path("object"), part);
    return new Rename(
        kind,
        renamed,
        relation.isObject() ? part : Optional.empty(),
        names.text(statement, "newname"),
        statement.path("missing_ok").asBoolean());
  }

  private RelationName nameOf(JsonNode object, Optional<String> otherwise) {
    return object.isObject()
        ? names.relation(names.strings(object))
        : RelationName.of(otherwise.orElse(""));
  }

  private Statement setSchema(JsonNode statement) {
    String type = ObjectKind.spell(statement.path("objectType").asText());
    return type.equals("TABLE")
        ? alterations.setSchema(statement)
        : new Unmodelled("ALTER " + type, queries.relations(statement));
  }

  private Statement comment(JsonNode statement) {
    String type = ObjectKind.spell(statement.path("objtype").asText());
    List<String> parts = names.strings(statement.path("object"));
    Optional<RelationName> relation = Optional.empty();
    if (type.equals("COLUMN") || ObjectKind.isPartOfRelation(type)) {
      relation = names.relationOfPart(parts);
    } else if (ObjectKind.isRelation(type)) {
      relation = Optional.of(names.relation(parts));
    }
    return new CommentOn(type, relation);
  }

  private static boolean isCascade(JsonNode statement) {
    return statement.path("behavior").asText().equals("DROP_CASCADE");
  }
}
