package dev.plimsoll.forge;

import dev.plimsoll.forge.Action.CommentRef;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import java.util.List;
import java.util.Optional;

/** What a webhook says, in Plimsoll's terms. */
public sealed interface ForgeEvent {

  /** A change request or merge group is to be reviewed (again). */
  record ReviewWanted(ReviewTarget target, Optional<String> headSha, String why)
      implements ForgeEvent {

    /** The reason of an event by which somebody asks for the review of a commit that has been reviewed. */
    public static final String RE_RUN = "re-run";

    /** Somebody asked for it: checks that are final start anew. */
    public boolean isReRun() {
      return why.equals(RE_RUN);
    }
  }

  /** A check suite was asked to run again: every open change request with this head. */
  record HeadReviewWanted(ForgeKind forge, String repository, String headSha)
      implements ForgeEvent {}

  /** A comment was written; it may hold commands. */
  record Commented(ChangeRequestId changeRequest, User author, CommentRef comment, String body)
      implements ForgeEvent {}

  /** A button of a check was pressed. */
  record ButtonPressed(ChangeRequestId changeRequest, User user, String button)
      implements ForgeEvent {}

  /** The change request is closed or merged: nothing is left to do for it. */
  record Closed(ChangeRequestId changeRequest) implements ForgeEvent {}

  /** The app was installed in these repositories. */
  record Installed(ForgeKind forge, List<String> repositories) implements ForgeEvent {}

  /** Authentic, and nothing to do. */
  record Ignored(String reason) implements ForgeEvent {}
}
