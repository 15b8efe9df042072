package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Spells the commands of ALTER TABLE that have no model of their own, as the statement does. */
final class OtherChanges {
  private OtherChanges() {}

  static String describe(String subtype, JsonNode command) {
    return switch (subtype) {
      case "AT_SetTableSpace" -> "SET TABLESPACE";
      case "AT_SetLogged" -> "SET LOGGED";
      case "AT_SetUnLogged" -> "SET UNLOGGED";
      case "AT_SetAccessMethod" -> "SET ACCESS METHOD";
      case "AT_SetRelOptions" -> "SET " + options(command);
      case "AT_ResetRelOptions" -> "RESET " + options(command);
      case "AT_ChangeOwner" -> "OWNER TO";
      case "AT_ClusterOn" -> "CLUSTER ON";
      case "AT_DropCluster" -> "SET WITHOUT CLUSTER";
      case "AT_DropOids" -> "SET WITHOUT OIDS";
      case "AT_ReplicaIdentity" -> "REPLICA IDENTITY";
      case "AT_EnableRowSecurity" -> "ENABLE ROW LEVEL SECURITY";
      case "AT_DisableRowSecurity" -> "DISABLE ROW LEVEL SECURITY";
      case "AT_ForceRowSecurity" -> "FORCE ROW LEVEL SECURITY";
      case "AT_NoForceRowSecurity" -> "NO FORCE ROW LEVEL SECURITY";
      case "AT_EnableTrig" -> "ENABLE TRIGGER";
      case "AT_EnableAlwaysTrig" -> "ENABLE ALWAYS TRIGGER";
      case "AT_EnableReplicaTrig" -> "ENABLE REPLICA TRIGGER";
      case "AT_EnableTrigAll" -> "ENABLE TRIGGER ALL";
      case "AT_EnableTrigUser" -> "ENABLE TRIGGER USER";
      case "AT_DisableTrig" -> "DISABLE TRIGGER";
      case "AT_DisableTrigAll" -> "DISABLE TRIGGER ALL";
      case "AT_DisableTrigUser" -> "DISABLE TRIGGER USER";
      case "AT_EnableRule" -> "ENABLE RULE";
      case "AT_EnableAlwaysRule" -> "ENABLE ALWAYS RULE";
      case "AT_EnableReplicaRule" -> "ENABLE REPLICA RULE";
      case "AT_DisableRule" -> "DISABLE RULE";
      case "AT_AddInherit" -> "INHERIT";
      case "AT_DropInherit" -> "NO INHERIT";
      case "AT_AddOf" -> "OF";
      case "AT_DropOf" -> "NOT OF";
      case "AT_AlterConstraint" -> "ALTER CONSTRAINT";
      case "AT_SetStatistics" -> "ALTER COLUMN SET STATISTICS";
      case "AT_SetStorage" -> "ALTER COLUMN SET STORAGE";
      case "AT_SetCompression" -> "ALTER COLUMN SET COMPRESSION";
      case "AT_SetOptions" -> "ALTER COLUMN SET " + options(command);
      case "AT_ResetOptions" -> "ALTER COLUMN RESET " + options(command);
      case "AT_AddIdentity" -> "ALTER COLUMN ADD GENERATED AS IDENTITY";
      case "AT_SetIdentity" -> "ALTER COLUMN SET GENERATED";
      case "AT_DropIdentity" -> "ALTER COLUMN DROP IDENTITY";
      case "AT_SetExpression" -> "ALTER COLUMN SET EXPRESSION";
      case "AT_DropExpression" -> "ALTER COLUMN DROP EXPRESSION";
      case "AT_DetachPartitionFinalize" -> "DETACH PARTITION FINALIZE";
      case "AT_GenericOptions" -> "OPTIONS";
      default -> spell(subtype);
    };
  }

  private static String options(JsonNode command) {
    List<String> names = new ArrayList<>();
    for (JsonNode item : command.path("def").path("List").path("items")) {
      names.add(item.path("DefElem").path("defname").asText());
    }
    return "(" + String.join(", ", names) + ")";
  }

  /** {@code AT_FooBar} as {@code FOO BAR}: a newer grammar's command. */
  private static String spell(String subtype) {
    return subtype
        .replaceFirst("^AT_", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toUpperCase(Locale.ROOT);
  }
}
