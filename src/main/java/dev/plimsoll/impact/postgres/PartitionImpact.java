package dev.plimsoll.impact.postgres;

import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Work.Scan.Reason;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.sql.ConstraintDefinition.Check;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.AttachPartition;
import dev.plimsoll.sql.TableChange.DetachPartition;

/** ATTACH and DETACH PARTITION. Conformance cases: class "PARTITION". */
final class PartitionImpact {

  private final Effects effects;
  private final RelationName parent;

  PartitionImpact(Effects effects, RelationName parent) {
    this.effects = effects;
    this.parent = parent;
  }

  void attach(AttachPartition attach) {
    RelationName partition = attach.partition();
    effects.lock(parent, LockMode.SHARE_UPDATE_EXCLUSIVE);
    effects.lockTree(partition, LockMode.ACCESS_EXCLUSIVE);
    boolean checked = effects
        .table(partition)
        .filter(t ->
            t.constraints().stream().anyMatch(c -> c.definition() instanceof Check && isUsable(c)))
        .isPresent();
    effects.scan(
        partition, Reason.PARTITION_BOUND, "every row is tested against the partition's bound");
    effects.dependsOnData("23514", "some row does not belong into the partition");
    if (checked) {
      effects.assume("a valid CHECK of " + partition
          + " that implies the bound saves the scan; whether one does is not examined");
    }
    effects.assume(
        "a DEFAULT partition of " + parent + ", if there is one, is locked and scanned as well");
  }

  private static boolean isUsable(Constraint constraint) {
    return constraint.validated();
  }

  void detach(DetachPartition detach) {
    if (detach.concurrently() && effects.version() < 14) {
      effects.fails("42601", "DETACH PARTITION CONCURRENTLY needs PostgreSQL 14");
      return;
    }
    if (detach.concurrently()) {
      effects.notInTransaction();
      if (effects.situation.inTransaction()) {
        effects.fails(
            "25001", "DETACH PARTITION CONCURRENTLY cannot run inside a transaction block");
        return;
      }
      effects.waitsForSnapshots();
    }
    LockMode onParent =
        detach.concurrently() ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE;
    LockMode onPartition =
        effects.version() >= 14 ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_UPDATE_EXCLUSIVE;
    effects.lock(parent, onParent);
    effects.lockTree(detach.partition(), onPartition);
    effects.assume("a DEFAULT partition of " + parent + ", if there is one, is locked as well");
  }
}
