package dev.plimsoll.command;

import dev.plimsoll.checklist.Answer;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import dev.plimsoll.review.Decisions;
import dev.plimsoll.review.Override;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person decided by a command: an entry of the audit trail, which is only ever added to.
 *
 * @param id a number that people can name, from 1 on each change request
 * @param by with the forge's own id, since a login may pass to somebody else
 * @param source the comment and which of its decisions: the same command delivered twice is recorded once
 */
public record Decision(
    long id, ChangeRequestId on, User by, Instant at, Source source, Effect.Decide content) {

  /**
   * @param comment see {@link dev.plimsoll.forge.Action.CommentRef}
   * @param command which of the comment's commands, from 1
   * @param part which of the command's decisions, from 1
   */
  public record Source(String comment, int command, int part) {
    @java.lang.Override
    public String toString() {
      return comment + "-" + command + "-" + part;
    }
  }

  /** What holds of these, as a review takes it. */
  public static Decisions holding(List<Decision> decisions) {
    List<Override> overrides = new ArrayList<>();
    List<Answer> answers = new ArrayList<>();
    for (Decision decision : active(decisions)) {
      String person = decision.by().login();
      switch (decision.content()) {
        case Effect.OverrideFinding o ->
          overrides.add(new Override(
              decision.id(), o.rule(), o.finding(), o.bands(), person, o.reason(), decision.at()));
        case Effect.AnswerItem a ->
          answers.add(new Answer(a.item(), a.text(), person, decision.at(), a.givenFor()));
        case Effect.RevokeDecision revoked -> {}
      }
    }
    return new Decisions(overrides, answers);
  }

  /** Those of one or more change requests that no later one of the same change request revokes. */
  public static List<Decision> active(List<Decision> all) {
    return all.stream()
        .filter(d -> !(d.content() instanceof Effect.RevokeDecision))
        .filter(d -> all.stream().noneMatch(r -> r.revokes(d)))
        .toList();
  }

  private boolean revokes(Decision other) {
    return content instanceof Effect.RevokeDecision(long number)
        && number == other.id
        && on.equals(other.on);
  }
}
