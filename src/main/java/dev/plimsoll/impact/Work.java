package dev.plimsoll.impact;

import dev.plimsoll.sql.RelationName;
import java.util.Optional;

/** Work that grows with a table, done while the statement holds its locks. */
public sealed interface Work {

  /** The table that is gone through. */
  RelationName table();

  /** Every row is written to a new file, and every index of the table is built again. */
  record Rewrite(RelationName table, String reason) implements Work {}

  /** Every row is read. */
  record Scan(RelationName table, Reason reason, String detail) implements Work {
    public enum Reason {
      NOT_NULL,
      CHECK,
      FOREIGN_KEY,
      PARTITION_BOUND,
      QUERY
    }
  }

  /**
   * Every row is read, sorted and written to a new index.
   *
   * @param index absent where the server chooses the name
   * @param concurrent without blocking writes, in two passes
   * @param unique fails on duplicates
   * @param rebuild an existing index is built anew, without a rewrite of its table
   */
  record IndexBuild(
      RelationName table,
      Optional<String> index,
      int keys,
      boolean concurrent,
      boolean unique,
      boolean rebuild,
      String method)
      implements Work {}

  /**
   * Rows are changed, each with its WAL and index entries.
   *
   */
  record Modify(RelationName table, Kind kind, Reach reach) implements Work {
    /** How many rows it may be. */
    public enum Reach {
      /** Nothing limits it. */
      ALL,
      /** Those that a condition selects: perhaps all. */
      SELECTED,
      /** Those of given keys, or given as values. */
      FEW
    }

    public enum Kind {
      UPDATE,
      DELETE,
      INSERT
    }
  }
}
