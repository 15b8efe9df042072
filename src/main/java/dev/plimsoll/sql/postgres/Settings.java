package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.SetSetting;
import dev.plimsoll.sql.Statement.TransactionControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads SET, RESET and the control of transactions. */
final class Settings {
  private Settings() {}

  static Statement set(JsonNode statement, Names names) {
    boolean local = statement.path("is_local").asBoolean();
    String name = names.text(statement, "name");
    return switch (statement.path("kind").asText()) {
      case "VAR_SET_MULTI" ->
        new TransactionControl(TransactionControl.Kind.OTHER); // SET TRANSACTION
      case "VAR_RESET_ALL" -> new SetSetting("all", Optional.empty(), false);
      case "VAR_SET_VALUE" ->
        new SetSetting(name, Optional.of(values(statement.path("args"), names)), local);
      default -> new SetSetting(name, Optional.empty(), local);
    };
  }

  private static String values(JsonNode arguments, Names names) {
    List<String> values = new ArrayList<>();
    for (JsonNode argument : arguments) {
      JsonNode bare = argument.has("TypeCast") ? argument.path("TypeCast").path("arg") : argument;
      values.add(value(bare.path("A_Const"), names));
    }
    return String.join(", ", values);
  }

  private static String value(JsonNode constant, Names names) {
    if (constant.has("ival")) {
      return String.valueOf(constant.path("ival").path("ival").asLong(0));
    }
    if (constant.has("fval")) {
      return constant.path("fval").path("fval").asText();
    }
    return constant.has("boolval")
        ? String.valueOf(constant.path("boolval").path("boolval").asBoolean())
        : names.text(constant.path("sval"), "sval");
  }

  static Statement transaction(JsonNode statement) {
    return new TransactionControl(
        switch (statement.path("kind").asText()) {
          case "TRANS_STMT_BEGIN", "TRANS_STMT_START" -> TransactionControl.Kind.BEGIN;
          case "TRANS_STMT_COMMIT" -> TransactionControl.Kind.COMMIT;
          case "TRANS_STMT_ROLLBACK" -> TransactionControl.Kind.ROLLBACK;
          case "TRANS_STMT_SAVEPOINT" -> TransactionControl.Kind.SAVEPOINT;
          default -> TransactionControl.Kind.OTHER;
        });
  }
}
