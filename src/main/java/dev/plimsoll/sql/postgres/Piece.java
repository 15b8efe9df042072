package dev.plimsoll.sql.postgres;

import dev.plimsoll.sql.Position;
import java.util.Optional;

/** A stretch of a text that is one statement, or that cannot be read. */
sealed interface Piece {

  /**
   * One statement.
   *
   * @param from its first token
   * @param to behind its last token; the semicolon is not among them
   */
  record Sql(int from, int to) implements Piece {}

  /**
   * @param start offset of its first character
   * @param end offset behind its last one
   * @param at where reading failed, where that is inside
   */
  record Unreadable(int start, int end, String reason, Optional<Position> at) implements Piece {}
}
