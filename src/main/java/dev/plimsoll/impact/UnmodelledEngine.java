package dev.plimsoll.impact;

import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.Statement;

/** An engine whose locks are not modelled: every statement is counted as not understood in that respect. */
public final class UnmodelledEngine implements ImpactModel {

  private final Engine engine;

  public UnmodelledEngine(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Impact of(Statement statement, Situation situation) {
    return switch (statement) {
      case Statement.Opaque opaque -> Impact.opaque(opaque.reason());
      case Statement.TransactionControl ignored -> Impact.none();
      case Statement.SetSetting ignored -> Impact.none();
      default -> Impact.opaque("locks and run time on " + engine.id() + " are not modelled");
    };
  }
}
