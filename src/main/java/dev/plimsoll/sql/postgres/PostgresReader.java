package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.Position;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.SqlReader;
import dev.plimsoll.sql.SqlScript;
import dev.plimsoll.sql.SqlStatement;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.Opaque;
import dev.plimsoll.sql.postgres.ParseOutcome.Refused;
import dev.plimsoll.sql.postgres.ParseOutcome.SyntaxError;
import dev.plimsoll.sql.postgres.ParseOutcome.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads PostgreSQL's SQL with PostgreSQL's own parser, and what psql and migration tools put around it: backslash commands,
 * COPY data, placeholders.
 *
 * <p>The text is divided into statements before it is parsed, so that one that the parser refuses does not hide the others.
 * Several are parsed in one call as long as that succeeds.
 */
public final class PostgresReader implements SqlReader {

  /** Statements beyond this many are not read; the last one of the script says so. */
  static final int MAXIMUM_STATEMENTS = 100_000;

  /** Reading that takes longer stops, and the last statement of the script says so. */
  private static final Duration MAXIMUM_TIME = Duration.ofSeconds(60);

  private static final int BATCH_STATEMENTS = 64;
  private static final int BATCH_CHARACTERS = 32_768;

  private final PgParser parser;

  public PostgresReader() {
    this(new PgParser());
  }

  public PostgresReader(PgParser parser) {
    this.parser = parser;
  }

  @Override
  public SqlScript read(SourceText source, int from, int to) {
    Lexer.Result lexed = Lexer.lex(source, from, to);
    return new SqlScript(new Reading(source, lexed).all(), lexed.comments());
  }

  private final class Reading {
    private final SourceText source;
    private final Lexer.Result lexed;
    private final List<SqlStatement> statements = new ArrayList<>();

    Reading(SourceText source, Lexer.Result lexed) {
      this.source = source;
      this.lexed = lexed;
    }

    List<SqlStatement> all() {
      long deadline = System.nanoTime() + MAXIMUM_TIME.toNanos();
      List<Piece> pieces = Splitter.split(source, lexed);
      int next = 0;
      while (next < pieces.size()) {
        if (next >= MAXIMUM_STATEMENTS) {
          leaveOut(pieces, next, "there are more than " + MAXIMUM_STATEMENTS + " before it");
          break;
        }
        if (System.nanoTime() - deadline > 0) {
          leaveOut(
              pieces,
              next,
              "reading what is before it took longer than " + MAXIMUM_TIME.toSeconds() + " s");
          break;
        }
        next += readFrom(pieces, next);
      }
      return statements;
    }

    /** Reads one piece that is unreadable, or as many statements as make a batch; says how many. */
    private int readFrom(List<Piece> pieces, int next) {
      List<Piece.Sql> batch = new ArrayList<>();
      for (Piece piece : pieces.subList(next, endOfBatch(pieces, next))) {
        if (!(piece instanceof Piece.Sql sql)
            || (!batch.isEmpty() && end(sql) - start(batch.getFirst()) > BATCH_CHARACTERS)) {
          break;
        }
        batch.add(sql);
      }
      if (!batch.isEmpty()) {
        parse(batch);
        return batch.size();
      }
      Piece piece = pieces.get(next);
      if (piece instanceof Piece.Unreadable unreadable) {
        add(start(piece), end(piece), new Opaque(unreadable.reason(), unreadable.at()));
      }
      return 1;
    }

    private static int endOfBatch(List<Piece> pieces, int next) {
      return Math.min(Math.min(pieces.size(), MAXIMUM_STATEMENTS), next + BATCH_STATEMENTS);
    }

    private void leaveOut(List<Piece> pieces, int next, String why) {
      String reason = "not read, with " + (pieces.size() - next - 1) + " after it: " + why;
      add(start(pieces.get(next)), end(pieces.getLast()), new Opaque(reason, Optional.empty()));
    }

    private void parse(List<Piece.Sql> batch) {
      int start = start(batch.getFirst());
      ParseOutcome outcome = parser.parse(lexed.prepared().substring(start, end(batch.getLast())));
      if (outcome instanceof Tree tree && tree.root().path("stmts").size() == batch.size()) {
        for (int i = 0; i < batch.size(); i++) {
          read(batch.get(i), tree, i, start);
        }
      } else if (batch.size() == 1) {
        addFailed(batch.getFirst(), outcome);
      } else {
        batch.forEach(piece -> parse(List.of(piece)));
      }
    }

    private void read(Piece.Sql piece, Tree tree, int index, int base) {
      JsonNode node = tree.root().path("stmts").path(index).path("stmt");
      PieceSource pieceSource = new PieceSource(source, lexed, piece, tree.text(), base);
      add(start(piece), end(piece), new StatementMapper(pieceSource).map(node));
    }

    /** A placeholder was read as a name; where the grammar wants a value, a literal may do. */
    private void addFailed(Piece.Sql piece, ParseOutcome outcome) {
      int start = start(piece);
      int end = end(piece);
      if (lexed.placeholders().anyIn(start, end)) {
        String withLiterals =
            lexed.placeholders().asLiterals(lexed.prepared().substring(start, end), start);
        if (parser.parse(withLiterals) instanceof Tree tree
            && tree.root().path("stmts").size() == 1) {
          read(piece, tree, 0, start);
          return;
        }
      }
      add(start, end, failure(outcome, start));
    }

    private Statement failure(ParseOutcome outcome, int base) {
      return switch (outcome) {
        case SyntaxError error -> {
          Position at = source.positionAt(base + error.offset());
          yield new Opaque(lexed.placeholders().restore(error.message()), Optional.of(at));
        }
        case Refused refused -> new Opaque("not read: " + refused.reason(), Optional.empty());
        case Tree tree ->
          new Opaque(
              "the parser sees " + tree.root().path("stmts").size() + " statements",
              Optional.empty());
      };
    }

    private void add(int start, int end, Statement statement) {
      statements.add(new SqlStatement(
          statement, source.text().substring(start, end), source.span(start, end)));
    }

    private int start(Piece piece) {
      return switch (piece) {
        case Piece.Sql sql -> lexed.tokens().start(sql.from());
        case Piece.Unreadable unreadable -> unreadable.start();
      };
    }

    private int end(Piece piece) {
      return switch (piece) {
        case Piece.Sql sql -> lexed.tokens().end(sql.to() - 1);
        case Piece.Unreadable unreadable -> unreadable.end();
      };
    }
  }
}
