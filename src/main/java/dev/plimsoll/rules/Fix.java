package dev.plimsoll.rules;

import dev.plimsoll.sql.SourceSpan;
import java.util.List;

/** The safe way to get what a statement wants. */
public sealed interface Fix {

  /**
   * One statement takes the place of the one that stands there.
   *
   * @param place what is replaced, without its semicolon
   * @param sql without a semicolon
   */
  record Replacement(SourceSpan place, String sql, Prose why) implements Fix {}

  /** Several migrations, in order. */
  record Sequence(Prose summary, List<Stage> stages) implements Fix {
    public Sequence {
      stages = List.copyOf(stages);
    }
  }

  /**
   * One migration of a sequence.
   *
   * @param transaction the statements belong in one transaction; otherwise each runs outside of one
   * @param deployBefore a version of the application must be live before this stage runs; empty when none is needed
   */
  record Stage(
      Prose title,
      List<String> statements,
      boolean transaction,
      java.util.Optional<Prose> deployBefore) {
    public Stage {
      statements = List.copyOf(statements);
    }
  }
}
