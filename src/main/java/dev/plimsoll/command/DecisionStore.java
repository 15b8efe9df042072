package dev.plimsoll.command;

import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import java.time.Instant;
import java.util.List;

/** The audit trail of decisions. Entries are added, never changed or removed. */
public interface DecisionStore {

  /**
   * Records a decision and gives it the next number of its change request. Of a source that is recorded already, what stands is given back
   * and nothing is added.
   */
  Decision record(
      ChangeRequestId on, User by, Instant at, Decision.Source source, Effect.Decide content);

  /** The whole trail of a change request, revocations and what they revoke among it, the oldest first. */
  List<Decision> trail(ChangeRequestId on);

  /**
   * The trails of a repository's change requests that have had a decision since: what a merge group's combined commit is judged by.
   *
   * @return all entries of each such change request, the oldest first
   */
  List<Decision> trailOf(ForgeKind forge, String repository, Instant since);
}
