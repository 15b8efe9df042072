package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.CreateObject;
import dev.plimsoll.sql.Statement.Unmodelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads statements that make other objects than tables and indexes, and those for which there is no model. */
final class ObjectReader {

  /** The lock modes by the number that LOCK has in the parse tree (lockdefs.h). */
  private static final List<String> LOCK_MODES = List.of(
      "ACCESS SHARE",
      "ROW SHARE",
      "ROW EXCLUSIVE",
      "SHARE UPDATE EXCLUSIVE",
      "SHARE",
      "SHARE ROW EXCLUSIVE",
      "EXCLUSIVE",
      "ACCESS EXCLUSIVE");

  private final Names names;
  private final QueryReader queries;

  ObjectReader(Names names, QueryReader queries) {
    this.names = names;
    this.queries = queries;
  }

  Statement read(String kind, JsonNode statement) {
    return switch (kind) {
      case "ViewStmt" -> view(statement);
      case "CreateFunctionStmt" ->
        makes(
            statement.path("is_procedure").asBoolean() ? "PROCEDURE" : "FUNCTION",
            list(statement, "funcname"),
            statement);
      case "CreateEnumStmt", "CreateRangeStmt" ->
        makes("TYPE", list(statement, "typeName"), statement);
      case "CompositeTypeStmt" ->
        makes("TYPE", names.relation(statement.path("typevar")).toString());
      case "CreateDomainStmt" -> makes("DOMAIN", list(statement, "domainname"), statement);
      case "CreateSeqStmt" ->
        makes("SEQUENCE", names.relation(statement.path("sequence")).toString());
      case "CreateSchemaStmt" -> makes("SCHEMA", schemaName(statement));
      case "CreateExtensionStmt" -> makes("EXTENSION", names.text(statement, "extname"));
      case "CreateRoleStmt" ->
        makes(
            statement.path("stmt_type").asText().replaceFirst("^ROLESTMT_", ""),
            names.text(statement, "role"));
      case "CreateTableSpaceStmt" -> makes("TABLESPACE", names.text(statement, "tablespacename"));
      case "CreatedbStmt" -> makes("DATABASE", names.text(statement, "dbname"));
      case "CreateFdwStmt" -> makes("FOREIGN DATA WRAPPER", names.text(statement, "fdwname"));
      case "CreateForeignServerStmt" -> makes("SERVER", names.text(statement, "servername"));
      case "CreateUserMappingStmt" -> makes("USER MAPPING", names.text(statement, "servername"));
      case "CreateForeignTableStmt" ->
        makes(
            "FOREIGN TABLE",
            names.relation(statement.path("base").path("relation")).toString());
      case "CreatePLangStmt" -> makes("LANGUAGE", names.text(statement, "plname"));
      case "CreateCastStmt" -> makes("CAST", "");
      case "CreateConversionStmt" ->
        makes("CONVERSION", list(statement, "conversion_name"), statement);
      case "CreateOpClassStmt" ->
        makes("OPERATOR CLASS", list(statement, "opclassname"), statement);
      case "CreateOpFamilyStmt" ->
        makes("OPERATOR FAMILY", list(statement, "opfamilyname"), statement);
      case "CreateTransformStmt" -> makes("TRANSFORM", names.text(statement, "lang"));
      case "CreateAmStmt" -> makes("ACCESS METHOD", names.text(statement, "amname"));
      case "DefineStmt" ->
        makes(
            ObjectKind.spell(statement.path("kind").asText()),
            list(statement, "defnames"),
            statement);
      default -> new Unmodelled(spell(kind, statement), relations(kind, statement));
    };
  }

  private Statement view(JsonNode statement) {
    if (statement.path("replace").asBoolean()) {
      return new Unmodelled("CREATE OR REPLACE VIEW", queries.relations(statement));
    }
    return new CreateObject(
        "VIEW",
        names.relation(statement.path("view")).toString(),
        queries.relations(statement.path("query")));
  }

  private Statement makes(String kind, String name) {
    return new CreateObject(kind, name, List.of());
  }

  private Statement makes(String kind, String name, JsonNode definition) {
    return new CreateObject(kind, name, queries.relations(definition));
  }

  private String list(JsonNode statement, String member) {
    return String.join(".", names.strings(statement.path(member)));
  }

  private String schemaName(JsonNode statement) {
    return names
        .optional(statement, "schemaname")
        .orElseGet(() -> names.text(statement.path("authrole"), "rolename"));
  }

  /** The relations named, also where the tree has a plain list of names for one. */
  private List<RelationName> relations(String kind, JsonNode statement) {
    List<RelationName> relations = new ArrayList<>(queries.relations(statement));
    switch (kind) {
      case "AlterSeqStmt" -> ownerOf(statement).ifPresent(relations::add);
      case "SecLabelStmt" -> {
        if (ObjectKind.isRelation(ObjectKind.spell(statement.path("objtype").asText()))) {
          relations.add(names.relation(names.strings(statement.path("object"))));
        }
      }
      default -> {
        // all of them are RangeVars
      }
    }
    return relations;
  }

  /** OWNED BY table.column. */
  private Optional<RelationName> ownerOf(JsonNode alterSequence) {
    for (JsonNode option : alterSequence.path("options")) {
      if (option.path("DefElem").path("defname").asText().equals("owned_by")) {
        return names.relationOfPart(names.strings(option.path("DefElem").path("arg")));
      }
    }
    return Optional.empty();
  }

  private static String spell(String kind, JsonNode statement) {
    return switch (kind) {
      case "DoStmt" -> "DO";
      case "CallStmt" -> "CALL";
      case "CopyStmt" -> "COPY";
      case "MergeStmt" -> "MERGE";
      case "ClusterStmt" -> "CLUSTER";
      case "CheckPointStmt" -> "CHECKPOINT";
      case "RefreshMatViewStmt" ->
        "REFRESH MATERIALIZED VIEW" + concurrently(statement.path("concurrent").asBoolean());
      case "VacuumStmt" -> vacuum(statement);
      case "LockStmt" -> "LOCK TABLE IN " + lockMode(statement.path("mode").asInt()) + " MODE";
      case "ReindexStmt" -> reindex(statement);
      case "GrantStmt" -> statement.path("is_grant").asBoolean() ? "GRANT" : "REVOKE";
      case "GrantRoleStmt" -> statement.path("is_grant").asBoolean() ? "GRANT ROLE" : "REVOKE ROLE";
      case "CreateTrigStmt" ->
        orReplace(statement)
            + (statement.path("isconstraint").asBoolean() ? "CONSTRAINT TRIGGER" : "TRIGGER");
      case "RuleStmt" -> orReplace(statement) + "RULE";
      case "CreateEventTrigStmt" -> "CREATE EVENT TRIGGER";
      case "CreateStatsStmt" -> "CREATE STATISTICS";
      case "AlterEnumStmt" ->
        statement.has("oldVal") ? "ALTER TYPE RENAME VALUE" : "ALTER TYPE ADD VALUE";
      case "AlterSeqStmt" -> "ALTER SEQUENCE";
      case "AlterOwnerStmt", "AlterObjectDependsStmt" ->
        "ALTER " + ObjectKind.spell(statement.path("objectType").asText());
      case "AlterTableMoveAllStmt" ->
        "ALTER " + ObjectKind.spell(statement.path("objtype").asText()) + " ALL IN TABLESPACE";
      case "AlterOpFamilyStmt" -> "ALTER OPERATOR FAMILY";
      case "AlterTSConfigurationStmt" -> "ALTER TEXT SEARCH CONFIGURATION";
      case "AlterTSDictionaryStmt" -> "ALTER TEXT SEARCH DICTIONARY";
      case "AlterStatsStmt" -> "ALTER STATISTICS";
      case "AlterDatabaseSetStmt", "AlterDatabaseRefreshCollStmt" -> "ALTER DATABASE";
      case "AlterRoleSetStmt" -> "ALTER ROLE";
      case "AlterExtensionContentsStmt" -> "ALTER EXTENSION";
      case "AlterFdwStmt" -> "ALTER FOREIGN DATA WRAPPER";
      case "AlterForeignServerStmt" -> "ALTER SERVER";
      case "ConstraintsSetStmt" -> "SET CONSTRAINTS";
      case "VariableShowStmt" -> "SHOW";
      case "SecLabelStmt" -> "SECURITY LABEL";
      case "DropdbStmt" -> "DROP DATABASE";
      case "DropTableSpaceStmt" -> "DROP TABLESPACE";
      case "DeclareCursorStmt" -> "DECLARE CURSOR";
      case "ClosePortalStmt" -> "CLOSE";
      default -> words(kind);
    };
  }

  private static String orReplace(JsonNode statement) {
    return statement.path("replace").asBoolean() ? "CREATE OR REPLACE " : "CREATE ";
  }

  private static String concurrently(boolean concurrently) {
    return concurrently ? " CONCURRENTLY" : "";
  }

  private static String vacuum(JsonNode statement) {
    if (!statement.path("is_vacuumcmd").asBoolean()) {
      return "ANALYZE";
    }
    return hasOption(statement.path("options"), "full") ? "VACUUM FULL" : "VACUUM";
  }

  private static String reindex(JsonNode statement) {
    String target = statement.path("kind").asText().replaceFirst("^REINDEX_OBJECT_", "");
    return "REINDEX " + target + concurrently(hasOption(statement.path("params"), "concurrently"));
  }

  /** An option without a value is on. */
  private static boolean hasOption(JsonNode options, String name) {
    for (JsonNode item : options) {
      JsonNode option = item.path("DefElem");
      if (option.path("defname").asText().equals(name)) {
        String value = option.path("arg").path("String").path("sval").asText("true");
        boolean zero = option.path("arg").has("Integer")
            && option.path("arg").path("Integer").path("ival").asInt(0) == 0;
        return !zero && !List.of("false", "off").contains(value.toLowerCase(Locale.ROOT));
      }
    }
    return false;
  }

  private static String lockMode(int number) {
    return number >= 1 && number <= LOCK_MODES.size() ? LOCK_MODES.get(number - 1) : "UNKNOWN";
  }

  /** {@code AlterPolicyStmt} as {@code ALTER POLICY}. */
  private static String words(String kind) {
    return kind.replaceFirst("Stmt$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toUpperCase(Locale.ROOT);
  }
}
