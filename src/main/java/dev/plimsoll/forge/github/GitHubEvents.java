package dev.plimsoll.forge.github;

import com.fasterxml.jackson.core.JacksonException;
import dev.plimsoll.forge.Action.CommentRef;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.forge.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads authentic webhooks, and remembers of each which installation it came from. */
public final class GitHubEvents {

  private final GitHubApp app;
  private final Installations installations;

  public GitHubEvents(GitHubApp app, Installations installations) {
    this.app = app;
    this.installations = installations;
  }

  /**
   * @param event the header {@code X-GitHub-Event}
   * @param delivery the header {@code X-GitHub-Delivery}, for messages
   * @throws ForgeException {@code REFUSED} when the payload is not what the event's name says; trying again does not help
   */
  public ForgeEvent parse(String event, String delivery, byte[] body) {
    if (body.length > GitHubWebhook.MOST_BYTES) {
      throw malformed(
          event, delivery, "it has " + body.length + " bytes, more than GitHub sends", null);
    }
    try {
      Payload payload = Json.REST.readValue(body, Payload.class);
      if (payload == null) {
        throw malformed(event, delivery, "it is empty", null);
      }
      remember(payload);
      ForgeEvent said = said(event, payload);
      if (said instanceof ForgeEvent.ReviewWanted wanted) {
        installations.announce(wanted.target());
      }
      return said;
    } catch (JacksonException e) {
      throw malformed(event, delivery, e.getOriginalMessage(), e);
    } catch (NullPointerException e) {
      throw malformed(event, delivery, "a part is missing", e);
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory cannot be read", e);
    }
  }

  private static ForgeException malformed(
      String event, String delivery, String why, Throwable cause) {
    return new ForgeException(
        Kind.REFUSED,
        "GitHub's delivery %s (%s) cannot be read: %s"
            .formatted(Errors.brief(delivery), Errors.brief(event), Errors.brief(why)),
        Optional.empty(),
        cause);
  }

  private void remember(Payload payload) {
    if (payload.installation() == null) {
      return;
    }
    List<Payload.Repo> repositories = new ArrayList<>();
    Optional.ofNullable(payload.repository()).ifPresent(repositories::add);
    Optional.ofNullable(payload.repositories()).ifPresent(repositories::addAll);
    Optional.ofNullable(payload.repositoriesAdded()).ifPresent(repositories::addAll);
    for (Payload.Repo repository : repositories) {
      installations.remember(
          Repositories.checked(repository.fullName()), payload.installation().id());
    }
  }

  private ForgeEvent said(String event, Payload payload) {
    String action = Optional.ofNullable(payload.action()).orElse("");
    return switch (event) {
      case "pull_request" -> pullRequest(action, payload);
      case "issue_comment", "pull_request_review_comment" -> comment(event, action, payload);
      case "check_run" -> checkRun(action, payload);
      case "check_suite" -> checkSuite(action, payload);
      case "merge_group" -> mergeGroup(action, payload);
      case "installation", "installation_repositories" -> installed(event, action, payload);
      case "ping" -> new ForgeEvent.Ignored("GitHub's greeting");
      default -> ignored(event, action);
    };
  }

  private static ForgeEvent ignored(String event, String action) {
    return new ForgeEvent.Ignored("Nothing to do for " + Errors.brief(event)
        + (action.isEmpty() ? "" : " " + Errors.brief(action)));
  }

  private static ChangeRequestId target(Payload payload, long number) {
    if (number < 1) {
      throw new ForgeException(Kind.REFUSED, "A pull request without a number");
    }
    return new ChangeRequestId(
        ForgeKind.GITHUB, Repositories.checked(payload.repository().fullName()), number);
  }

  private static ForgeEvent pullRequest(String action, Payload payload) {
    Payload.Pull pull = payload.pullRequest();
    ChangeRequestId target = target(payload, pull.number());
    boolean baseChanged = payload.changes() != null && payload.changes().base() != null;
    return switch (action) {
      case "opened", "synchronize", "reopened", "ready_for_review" -> wanted(target, pull, action);
      case "edited" ->
        baseChanged ? wanted(target, pull, "base changed") : ignored("pull_request", action);
      case "closed" -> new ForgeEvent.Closed(target);
      default -> ignored("pull_request", action);
    };
  }

  private static ForgeEvent wanted(ChangeRequestId target, Payload.Pull pull, String why) {
    return new ForgeEvent.ReviewWanted(
        target, Optional.of(Repositories.checkedSha(pull.head().sha())), why);
  }

  private ForgeEvent comment(String event, String action, Payload payload) {
    boolean onLine = event.equals("pull_request_review_comment");
    // An edited comment is not obeyed again
    if (!action.equals("created") || !onLine && payload.issue().pullRequest() == null) {
      return ignored(event, action);
    }
    Payload.Comment comment = payload.comment();
    Optional<User> author = Optional.ofNullable(comment.user()).map(GitHubEvents::user);
    String body = Optional.ofNullable(comment.body()).orElse("");
    if (author.isEmpty()
        || isOwn(comment.app())
        || author.get().bot() && Marker.in(body).isPresent()) {
      return new ForgeEvent.Ignored("Plimsoll's own comment, or nobody's");
    }
    ChangeRequestId target = target(
        payload, onLine ? payload.pullRequest().number() : payload.issue().number());
    Optional<String> thread = onLine
        ? Optional.of(
            Long.toString(comment.inReplyToId() == null ? comment.id() : comment.inReplyToId()))
        : Optional.empty();
    return new ForgeEvent.Commented(
        target, author.get(), new CommentRef(Long.toString(comment.id()), onLine, thread), body);
  }

  private ForgeEvent checkRun(String action, Payload payload) {
    Payload.CheckRun run = payload.checkRun();
    if (!isOwn(run.app()) || !action.equals("rerequested") && !action.equals("requested_action")) {
      return ignored("check_run", action);
    }
    String repository = Repositories.checked(payload.repository().fullName());
    String head = Repositories.checkedSha(run.headSha());
    Optional<ReviewTarget> about = Optional.ofNullable(run.externalId())
        .flatMap(id -> CheckTarget.read(id, repository, head))
        .or(() -> Optional.ofNullable(run.pullRequests())
            .flatMap(p -> p.stream().findFirst())
            .map(p -> target(payload, p.number())));
    if (action.equals("rerequested")) {
      return about
          .<ForgeEvent>map(t ->
              new ForgeEvent.ReviewWanted(t, Optional.of(head), ForgeEvent.ReviewWanted.RE_RUN))
          .orElse(new ForgeEvent.HeadReviewWanted(ForgeKind.GITHUB, repository, head));
    }
    String button = payload.requestedAction().identifier();
    return about
        .filter(ChangeRequestId.class::isInstance)
        .map(ChangeRequestId.class::cast)
        .<ForgeEvent>map(pull -> new ForgeEvent.ButtonPressed(pull, user(payload.sender()), button))
        .orElse(new ForgeEvent.Ignored("A button on a check that belongs to no pull request"));
  }

  private ForgeEvent checkSuite(String action, Payload payload) {
    Payload.Suite suite = payload.checkSuite();
    if (!isOwn(suite.app()) || !action.equals("rerequested")) {
      return ignored("check_suite", action);
    }
    return new ForgeEvent.HeadReviewWanted(
        ForgeKind.GITHUB,
        Repositories.checked(payload.repository().fullName()),
        Repositories.checkedSha(suite.headSha()));
  }

  private static ForgeEvent mergeGroup(String action, Payload payload) {
    if (!action.equals("checks_requested")) {
      return ignored("merge_group", action);
    }
    Payload.Group group = payload.mergeGroup();
    String head = Repositories.checkedSha(group.headSha());
    MergeGroup target = new MergeGroup(
        ForgeKind.GITHUB,
        Repositories.checked(payload.repository().fullName()),
        head,
        Repositories.checkedSha(group.baseSha()),
        group.baseRef().replaceFirst("^refs/heads/", ""));
    return new ForgeEvent.ReviewWanted(target, Optional.of(head), "merge queue");
  }

  private ForgeEvent installed(String event, String action, Payload payload) {
    return switch (action) {
      case "created", "added" -> {
        List<Payload.Repo> repositories =
            action.equals("added") ? payload.repositoriesAdded() : payload.repositories();
        List<String> names = Optional.ofNullable(repositories).orElse(List.of()).stream()
            .map(r -> Repositories.checked(r.fullName()))
            .toList();
        yield new ForgeEvent.Installed(ForgeKind.GITHUB, names);
      }
      case "deleted", "removed" -> {
        List<Payload.Repo> gone =
            action.equals("removed") ? payload.repositoriesRemoved() : payload.repositories();
        Optional.ofNullable(gone)
            .orElse(List.of())
            .forEach(r -> installations.forget(Repositories.checked(r.fullName())));
        yield ignored(event, action);
      }
      default -> ignored(event, action);
    };
  }

  private boolean isOwn(Payload.App by) {
    return by != null
        && (app.appId().equals(Long.toString(by.id())) || app.appId().equals(by.clientId()));
  }

  private static User user(Payload.Account account) {
    return new User(Long.toString(account.id()), account.login(), "Bot".equals(account.type()));
  }
}
