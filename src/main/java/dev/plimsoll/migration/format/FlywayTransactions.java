package dev.plimsoll.migration.format;

import dev.plimsoll.migration.SqlTokens;
import dev.plimsoll.migration.SqlTokens.Kind;
import dev.plimsoll.migration.SqlTokens.Token;
import dev.plimsoll.migration.TransactionMode;
import dev.plimsoll.sql.SqlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Flyway's own view of which statements of PostgreSQL cannot run in a transaction, and what follows for the script. It goes
 * by the first words of a statement (flyway-database-postgresql, PostgreSQLParser, as of July 2026). What it does not know,
 * such as REINDEX CONCURRENTLY or DETACH PARTITION CONCURRENTLY, it runs in a transaction, where the server refuses it.
 * ALTER TYPE ... ADD VALUE counts before PostgreSQL 12 only, which is out of support, and therefore not here.
 */
final class FlywayTransactions {

  private static final int MOST_WORDS = 6;
  private static final Set<String> OUTSIDE = Set.of("DATABASE", "TABLESPACE", "SUBSCRIPTION");
  private static final Set<String> REINDEX_OUTSIDE = Set.of("SCHEMA", "DATABASE", "SYSTEM");

  private FlywayTransactions() {}

  static TransactionMode modeOf(List<SqlStatement> statements, FlywaySettings settings) {
    boolean inTransaction = settings
        .executeInTransaction()
        .orElseGet(() -> statements.stream().noneMatch(FlywayTransactions::runsOutside));
    return inTransaction ? TransactionMode.TRANSACTION : TransactionMode.AUTOCOMMIT;
  }

  /** The statement at which Flyway gives up, since it is the first of the other sort; none when all are of one sort. */
  static Optional<SqlStatement> mixedAt(List<SqlStatement> statements, FlywaySettings settings) {
    if (settings.executeInTransaction().isPresent() || statements.isEmpty()) {
      return Optional.empty();
    }
    boolean first = runsOutside(statements.getFirst());
    return statements.stream().filter(s -> runsOutside(s) != first).findFirst();
  }

  static boolean runsOutside(SqlStatement statement) {
    List<String> words = words(statement.text());
    return switch (word(words, 0)) {
      case "CREATE", "DROP" -> OUTSIDE.contains(word(words, 1)) || isConcurrentIndex(words);
      case "ALTER" -> word(words, 1).equals("SYSTEM");
      case "REINDEX" ->
        REINDEX_OUTSIDE.contains(word(words, word(words, 1).equals("VERBOSE") ? 2 : 1));
      case "VACUUM" -> true;
      case "DISCARD" -> word(words, 1).equals("ALL");
      default -> false;
    };
  }

  private static boolean isConcurrentIndex(List<String> words) {
    int index = word(words, 1).equals("UNIQUE") ? 2 : 1;
    return word(words, index).equals("INDEX") && word(words, index + 1).equals("CONCURRENTLY");
  }

  private static String word(List<String> words, int at) {
    return at < words.size() ? words.get(at) : "";
  }

  /** Words of letters outside parentheses; names with digits, dots or quotes are none to Flyway. */
  private static List<String> words(String sql) {
    List<Token> tokens = SqlTokens.of(sql, 40);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < tokens.size() && words.size() < MOST_WORDS; i++) {
      Token token = tokens.get(i);
      boolean dotted = (i > 0 && tokens.get(i - 1).isSymbol('.'))
          || (i + 1 < tokens.size() && tokens.get(i + 1).isSymbol('.'));
      boolean letters = token.text().chars().allMatch(c -> Character.isLetter(c) || c == '_');
      if (token.kind() == Kind.WORD && token.depth() == 0 && letters && !dotted) {
        words.add(token.upper());
      }
    }
    return words;
  }
}
