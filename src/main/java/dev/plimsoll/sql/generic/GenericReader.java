package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlReader;
import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.Opaque;
import dev.plimsoll.sql.generic.Lexeme.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the SQL of MySQL, MariaDB, SQL Server, Oracle, SQLite and H2.
 *
 * <p>ALTER TABLE, CREATE TABLE, CREATE INDEX and DROP are read by a strict grammar over tokens; queries, changes of data and
 * expressions by JSqlParser. What neither reads for certain is {@link Statement.Unmodelled} with the relations that it names.
 * Names are as the server keeps them: upper case in Oracle and H2 unless quoted, as written in the others.
 */
public final class GenericReader implements SqlReader {

  /** Statements beyond this many are not read; the last one of the script says so. */
  static final int MAXIMUM_STATEMENTS = 50_000;

  private static final Duration MAXIMUM_TIME = Duration.ofSeconds(30);

  private final Dialect dialect;

  /**
   * @throws IllegalArgumentException for PostgreSQL, which has a reader of its own
   */
  public GenericReader(Engine engine) {
    this.dialect = Dialect.of(engine);
  }

  @Override
  public SqlScript read(SourceText source, int from, int to) {
    GenericLexer.Result lexed = GenericLexer.lex(source, dialect, from, to);
    GenericMapper mapper = new GenericMapper(source, dialect, lexed);
    List<Piece> pieces = GenericSplitter.split(dialect, new Words(source, lexed.lexemes()));
    List<SqlStatement> statements = new ArrayList<>();
    long deadline = System.nanoTime() + MAXIMUM_TIME.toNanos();
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      boolean tooLate = System.nanoTime() - deadline > 0;
      if (tooLate || i >= MAXIMUM_STATEMENTS) {
        String why = tooLate
            ? "reading what is before it took longer than " + MAXIMUM_TIME.toSeconds() + " s"
            : "there are more than " + MAXIMUM_STATEMENTS + " before it";
        Piece rest = new Piece(piece.from(), pieces.getLast().to());
        String reason = "not read, with " + (pieces.size() - i - 1) + " after it: " + why;
        statements.add(statement(source, lexed, rest, new Opaque(reason, Optional.empty())));
        break;
      }
      statements.add(statement(source, lexed, piece, read(source, lexed, piece, mapper)));
    }
    return new SqlScript(statements, lexed.comments());
  }

  private static Statement read(
      SourceText source, GenericLexer.Result lexed, Piece piece, GenericMapper mapper) {
    Lexeme last = lexed.lexemes().get(piece.to() - 1);
    if (last.kind() == Kind.UNTERMINATED) {
      return new Opaque(lexed.failure(), Optional.of(source.positionAt(last.start())));
    }
    if (last.kind() == Kind.CLIENT_COMMAND) {
      return new Opaque("a command of the client runs what stands elsewhere", Optional.empty());
    }
    return mapper.map(piece);
  }

  private static SqlStatement statement(
      SourceText source, GenericLexer.Result lexed, Piece piece, Statement statement) {
    int start = lexed.lexemes().get(piece.from()).start();
    int end = lexed.lexemes().get(piece.to() - 1).end();
    while (end > start + 1 && Character.isWhitespace(source.text().charAt(end - 1))) {
      end--;
    }
    return new SqlStatement(
        statement, source.text().substring(start, end), source.span(start, end));
  }
}
