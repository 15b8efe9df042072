package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.core.JacksonException;
import dev.plimsoll.forge.Action.CommentRef;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads authentic webhooks. */
public final class GitLabEvents {

  private static final Pattern DRAFT =
      Pattern.compile("^\\s*(draft:|\\[draft]|\\(draft\\)|wip:|\\[wip]).*", Pattern.DOTALL);

  /** A pipeline that has just been made. Later on its changes are Plimsoll's own doing as well. */
  private static final Set<String> NEW_PIPELINE =
      Set.of("created", "waiting_for_resource", "preparing", "pending", "scheduled", "manual");

  private final Supplier<Optional<User>> self;

  /**
   * @param self who Plimsoll is, when that is known: {@link GitLabForge#knownSelf}
   */
  public GitLabEvents(Supplier<Optional<User>> self) {
    this.self = self;
  }

  /**
   * @param event the header {@code X-Gitlab-Event}
   * @throws ForgeException {@code REFUSED} when the payload is not what the event's name says; trying again does not help
   */
  public ForgeEvent parse(String event, byte[] body) {
    if (body.length > GitLabWebhook.MOST_BYTES) {
      throw malformed(event, "it has " + body.length + " bytes, more than GitLab sends", null);
    }
    try {
      Payload payload = Json.MAPPER.readValue(body, Payload.class);
      if (payload == null) {
        throw malformed(event, "it is empty", null);
      }
      return switch (event) {
        case "Merge Request Hook" -> mergeRequest(payload);
        case "Note Hook" -> note(payload);
        case "Pipeline Hook" -> pipeline(payload);
        case "Confidential Note Hook" -> internalNote();
        default -> new ForgeEvent.Ignored("Nothing to do for " + Errors.brief(event));
      };
    } catch (JacksonException e) {
      throw malformed(event, e.getOriginalMessage(), e);
    } catch (NullPointerException e) {
      throw malformed(event, "a part is missing", e);
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory cannot be read", e);
    }
  }

  private static ForgeException malformed(String event, String why, Throwable cause) {
    return new ForgeException(
        Kind.REFUSED,
        "GitLab's %s cannot be read: %s".formatted(Errors.brief(event), Errors.brief(why)),
        Optional.empty(),
        cause);
  }

  private static ChangeRequestId target(Payload payload, long iid) {
    if (iid < 1) {
      throw new ForgeException(Kind.REFUSED, "A merge request without a number");
    }
    return new ChangeRequestId(
        ForgeKind.GITLAB, Coordinates.checkedProject(payload.project().pathWithNamespace()), iid);
  }

  private static ForgeEvent mergeRequest(Payload payload) {
    Payload.Attributes it = payload.objectAttributes();
    ChangeRequestId target = target(payload, it.iid());
    return switch (String.valueOf(it.action())) {
      case "open" -> wanted(target, it, "opened");
      case "reopen" -> wanted(target, it, "reopened");
      case "update" ->
        why(payload)
            .<ForgeEvent>map(why -> wanted(target, it, why))
            .orElseGet(() -> new ForgeEvent.Ignored("An update that changes nothing to review"));
      case "close", "merge" -> new ForgeEvent.Closed(target);
      default ->
        new ForgeEvent.Ignored(
            "Nothing to do for a merge request's " + Errors.brief(String.valueOf(it.action())));
    };
  }

  private static Optional<String> why(Payload payload) {
    if (payload.objectAttributes().oldrev() != null) {
      return Optional.of("pushed to");
    }
    Payload.Changes changes = payload.changes();
    if (changes == null) {
      return Optional.empty();
    }
    if (changes.targetBranch() != null) {
      return Optional.of("target branch changed");
    }
    boolean draftChanged = changes.draft() != null
        || changes.workInProgress() != null
        // Older servers tell of the title alone
        || changes.title() != null
            && isDraft(changes.title().previous().asText())
                != isDraft(changes.title().current().asText());
    return draftChanged ? Optional.of("draft or ready") : Optional.empty();
  }

  private static boolean isDraft(String title) {
    return DRAFT.matcher(title.toLowerCase(Locale.ROOT)).matches();
  }

  private static ForgeEvent wanted(ChangeRequestId target, Payload.Attributes it, String why) {
    return new ForgeEvent.ReviewWanted(
        target, Optional.of(Coordinates.checkedSha(it.lastCommit().id())), why);
  }

  private ForgeEvent note(Payload payload) {
    Payload.Attributes it = payload.objectAttributes();
    if (!"MergeRequest".equals(it.noteableType()) || it.system()) {
      return new ForgeEvent.Ignored("No comment of a person on a merge request");
    }
    if (it.internal() || it.confidential() || "confidential_note".equals(payload.eventType())) {
      return internalNote();
    }
    // Older servers say nothing of the action, and send new comments only
    if (!Optional.ofNullable(it.action()).orElse("create").equals("create")) {
      return new ForgeEvent.Ignored("An edited comment is not obeyed again");
    }
    String body = Optional.ofNullable(it.note()).orElse("");
    User author = author(payload);
    if (isOwn(author, body)) {
      return new ForgeEvent.Ignored("Plimsoll's own comment");
    }
    return new ForgeEvent.Commented(
        target(payload, payload.mergeRequest().iid()),
        author,
        new CommentRef(Long.toString(it.id()), isOnLine(it), thread(it)),
        body);
  }

  /** What is told to members alone must not be quoted in an answer to everybody. */
  private static ForgeEvent internalNote() {
    return new ForgeEvent.Ignored("Commands in internal comments are not obeyed");
  }

  private static User author(Payload payload) {
    Payload.User user = payload.user();
    long id = payload.objectAttributes().authorId();
    return MergeRequest.Account.user(
        new MergeRequest.Account(id > 0 ? id : user.id(), user.username(), null, null));
  }

  private boolean isOwn(User author, String body) {
    return self.get()
        .map(s -> s.id().equals(author.id()) || s.login().equalsIgnoreCase(author.login()))
        // Not known before the first call of this process; every comment of Plimsoll's has a marker
        .orElseGet(() -> Marker.in(body).isPresent());
  }

  private static boolean isOnLine(Payload.Attributes it) {
    return it.position() != null && !it.position().isNull();
  }

  /** A plain comment is not answered in a thread: that would make one of it, which may hold the merge until it is resolved. */
  private static Optional<String> thread(Payload.Attributes it) {
    return it.type() == null
        ? Optional.empty()
        : Optional.ofNullable(it.discussionId()).filter(d -> d.matches("[0-9A-Za-z_-]{1,64}"));
  }

  /** CI's new pipeline takes the place of the one that Plimsoll's statuses are in: without them it would pass. */
  private static ForgeEvent pipeline(Payload payload) {
    Payload.Attributes it = payload.objectAttributes();
    if ("external".equals(it.source().asText())
        || !NEW_PIPELINE.contains(String.valueOf(it.status()))) {
      return new ForgeEvent.Ignored("No new pipeline of CI");
    }
    String why = "a new pipeline";
    Payload.MergeRequest of = payload.mergeRequest();
    if (of != null) {
      return of.targetProjectId() == payload.project().id()
          ? new ForgeEvent.ReviewWanted(target(payload, of.iid()), Optional.empty(), why)
          : new ForgeEvent.Ignored("A pipeline of a fork, whose project has its own webhook");
    }
    return new ForgeEvent.HeadReviewWanted(
        ForgeKind.GITLAB,
        Coordinates.checkedProject(payload.project().pathWithNamespace()),
        Coordinates.checkedSha(it.sha()));
  }
}
