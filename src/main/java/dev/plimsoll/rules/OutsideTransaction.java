package dev.plimsoll.rules;

import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.TransactionMode;
import dev.plimsoll.sql.Statement.SetSetting;
import dev.plimsoll.sql.Statement.TransactionControl;
import java.util.Optional;

/** How each migration format runs a statement outside of a transaction block. */
final class OutsideTransaction {

  private OutsideTransaction() {}

  /** The statement may stay where it is: it runs outside of a block, or nothing else is in the migration and the format has a way. */
  static boolean isPossibleInPlace(Step step) {
    return !step.inTransaction() || isAloneInItsMigration(step);
  }

  /** Another statement beside it runs in the same message or transaction. */
  static boolean isAloneInItsMigration(Step step) {
    return step.migration().up().stream()
        .filter(s -> !(s.statement() instanceof SetSetting))
        .allMatch(s -> s.span().equals(step.sql().span()));
  }

  /** What to do besides writing the statement; absent when nothing is needed. */
  static Optional<Prose> howTo(Step step) {
    Migration migration = step.migration();
    if (!step.inTransaction() && migration.transactionMode() == TransactionMode.AUTOCOMMIT) {
      return Optional.empty();
    }
    boolean ownBlock = migration.up().stream()
        .anyMatch(s -> s.statement() instanceof TransactionControl c
            && c.kind() == TransactionControl.Kind.BEGIN);
    if (ownBlock) {
      return Optional.of(Prose.of(
          "It must stand outside of {} and {}.", Prose.code("BEGIN"), Prose.code("COMMIT")));
    }
    return switch (migration.format()) {
      case "flyway" ->
        Optional.of(Prose.of(
            "Give it a migration of its own: Flyway sees that it cannot run in a transaction and runs it outside of one ({} in {} says so explicitly).",
            Prose.code("executeInTransaction=false"),
            Prose.code(fileName(migration) + ".conf")));
      case "dbmate" ->
        Optional.of(Prose.of(
            "Give it a migration of its own that begins with {}.",
            Prose.code("-- migrate:up transaction:false")));
      case "golang-migrate" ->
        Optional.of(
            Prose.of(
                "Give it a file of its own: golang-migrate sends a file as one query, and several statements of one query share a transaction."));
      default ->
        migration.transactionMode() == TransactionMode.AUTOCOMMIT
            ? Optional.empty()
            : Optional.of(
                Prose.of("Give it a migration of its own that runs outside of a transaction."));
    };
  }

  private static String fileName(Migration migration) {
    String path = migration.path();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
