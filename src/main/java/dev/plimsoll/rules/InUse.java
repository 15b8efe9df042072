package dev.plimsoll.rules;

import dev.plimsoll.sql.RelationName;
import java.util.Optional;

/** How bad it is to take something away from a table that the running application may use. */
final class InUse {

  /** Reads and writes a second below which nobody seems to use a table. */
  private static final double UNUSED = 0.01;

  private InUse() {}

  /** Names that running code uses: on a table without traffic, or a tiny idle one, only worth a remark. */
  static Optional<Severity> ofNames(Exposure exposure) {
    if (exposure.isNew()) {
      return Optional.empty();
    }
    return Optional.of(
        exposure.isNegligible() || isUnused(exposure) ? Severity.ADVICE : Severity.BLOCKING);
  }

  /** Rows that nothing brings back. */
  static Optional<Severity> ofRows(Exposure exposure) {
    if (exposure.isNew()) {
      return Optional.empty();
    }
    return Optional.of(exposure.isNegligible() ? Severity.ADVICE : Severity.BLOCKING);
  }

  /** This deployment made the column, so no code that runs already knows it. */
  static boolean isColumnOfThisDeployment(
      Deployment deployment, RelationName table, String column) {
    return deployment
        .catalog()
        .flatMap(c -> c.table(table))
        .map(t -> t.table().columns())
        .filter(columns ->
            !columns.isEmpty() && columns.stream().noneMatch(c -> c.name().equals(column)))
        .isPresent();
  }

  private static boolean isUnused(Exposure exposure) {
    return exposure.traffic().readsPerSecond().orElse(1)
            + exposure.traffic().writesPerSecond().orElse(1)
        < UNUSED;
  }
}
