package dev.plimsoll.migration;

import dev.plimsoll.migration.SqlTokens.Kind;
import dev.plimsoll.migration.SqlTokens.Token;
import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a way back from a stub. It errs towards "there are statements": whether those undo the change is judged elsewhere,
 * while calling a real way back a stub would be wrong for good.
 */
final class DownScript {

  private static final int MOST_TOKENS = 2_000;
  private static final int LONGEST_REASON = 200;
  private static final Set<String> HARMLESS_FUNCTIONS = Set.of(
      "now",
      "version",
      "current_database",
      "current_schema",
      "current_setting",
      "set_config",
      "pg_sleep");
  private static final Pattern REFUSING_FUNCTION =
      Pattern.compile("raise|throw|abort|irreversible|not_supported|unsupported|cannot");
  private static final Set<String> MESSAGE_LEVELS =
      Set.of("NOTICE", "WARNING", "INFO", "LOG", "DEBUG");
  private static final Set<String> BRANCHES =
      Set.of("IF", "CASE", "LOOP", "WHILE", "FOR", "FOREACH", "WHEN");

  private sealed interface Effect {
    record None() implements Effect {}

    record Fails(String message) implements Effect {}

    record Something() implements Effect {}
  }

  private static final Effect NONE = new Effect.None();
  private static final Effect SOMETHING = new Effect.Something();

  private DownScript() {}

  static Down judge(String file, SqlScript script, TransactionMode transactionMode) {
    boolean something = false;
    for (SqlStatement statement : script.statements()) {
      switch (effectOf(statement)) {
        case Effect.Fails fails -> {
          return new Down.Refuses(file, fails.message());
        }
        case Effect.Something s -> something = true;
        case Effect.None n -> {}
      }
    }
    return something
        ? new Down.Statements(file, script.statements(), transactionMode)
        : new Down.Empty(file);
  }

  private static Effect effectOf(SqlStatement statement) {
    return switch (statement.statement()) {
      case Statement.SetSetting set -> NONE;
      case Statement.TransactionControl control -> NONE;
      case Statement.Select select -> effectOf(select, statement.text());
      case Statement.Unmodelled unmodelled -> effectOfDo(statement.text());
      case Statement.AlterTable s -> SOMETHING;
      case Statement.CreateTable s -> SOMETHING;
      case Statement.CreateIndex s -> SOMETHING;
      case Statement.DropIndex s -> SOMETHING;
      case Statement.DropTable s -> SOMETHING;
      case Statement.Truncate s -> SOMETHING;
      case Statement.Rename s -> SOMETHING;
      case Statement.Update s -> SOMETHING;
      case Statement.Delete s -> SOMETHING;
      case Statement.Insert s -> SOMETHING;
      case Statement.CreateObject s -> SOMETHING;
      case Statement.CommentOn s -> SOMETHING;
      case Statement.Opaque s -> SOMETHING;
    };
  }

  private static Effect effectOf(Statement.Select select, String text) {
    List<Token> tokens = SqlTokens.of(text, MOST_TOKENS);
    if (!tokens.isEmpty() && tokens.getFirst().is("WITH")) {
      return SOMETHING; // its parts may delete and update
    }
    if (!select.reads().isEmpty()) {
      return select.functions().isEmpty() ? NONE : SOMETHING;
    }
    if (dividesByZero(tokens)) {
      return new Effect.Fails("");
    }
    if (select.functions().stream().anyMatch(f -> REFUSING_FUNCTION.matcher(f).find())) {
      return new Effect.Fails(firstString(tokens));
    }
    return HARMLESS_FUNCTIONS.containsAll(select.functions()) ? NONE : SOMETHING;
  }

  private static boolean dividesByZero(List<Token> tokens) {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      boolean fraction = i + 2 < tokens.size() && tokens.get(i + 2).isSymbol('.');
      if (tokens.get(i).isSymbol('/') && tokens.get(i + 1).text().equals("0") && !fraction) {
        return true;
      }
    }
    return false;
  }

  /** A DO block that only raises, or only sends messages; every other one, and every other statement, does something. */
  private static Effect effectOfDo(String text) {
    List<Token> tokens = SqlTokens.of(text, MOST_TOKENS);
    if (tokens.isEmpty() || !tokens.getFirst().is("DO")) {
      return SOMETHING;
    }
    Optional<Token> body = tokens.stream().filter(t -> t.kind() == Kind.STRING).findFirst();
    return body.map(b -> effectOfBlock(SqlTokens.of(b.text(), MOST_TOKENS))).orElse(SOMETHING);
  }

  private static Effect effectOfBlock(List<Token> body) {
    if (body.size() >= MOST_TOKENS
        || body.stream().anyMatch(t -> t.kind() == Kind.WORD && BRANCHES.contains(t.upper()))) {
      return SOMETHING;
    }
    Effect effect = NONE;
    for (List<Token> statement : statementsOf(body)) {
      switch (effectOfPlpgsql(statement)) {
        case Effect.Fails fails -> {
          return fails;
        }
        case Effect.Something s -> effect = s;
        case Effect.None n -> {}
      }
    }
    return effect;
  }

  private static List<List<Token>> statementsOf(List<Token> body) {
    List<List<Token>> statements = new ArrayList<>();
    List<Token> current = new ArrayList<>();
    for (Token token : body) {
      if (token.isSymbol(';')) {
        statements.add(current);
        current = new ArrayList<>();
      } else if (!(current.isEmpty() && token.is("BEGIN"))) {
        current.add(token);
      }
    }
    statements.add(current);
    return statements;
  }

  private static Effect effectOfPlpgsql(List<Token> statement) {
    if (statement.isEmpty()) {
      return NONE;
    }
    return switch (statement.getFirst().text().toUpperCase(Locale.ROOT)) {
      case "NULL", "END", "RETURN" -> NONE;
      case "RAISE" ->
        statement.size() > 1 && MESSAGE_LEVELS.contains(statement.get(1).upper())
            ? NONE
            : new Effect.Fails(firstString(statement));
      default -> SOMETHING;
    };
  }

  private static String firstString(List<Token> tokens) {
    String message = tokens.stream()
        .filter(t -> t.kind() == Kind.STRING)
        .map(Token::text)
        .findFirst()
        .orElse("");
    return message.length() > LONGEST_REASON ? message.substring(0, LONGEST_REASON) : message;
  }
}
