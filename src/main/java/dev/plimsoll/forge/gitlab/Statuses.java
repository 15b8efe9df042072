package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.CheckReport.State;
import dev.plimsoll.forge.Forge.Applied;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.forge.gitlab.MergeRequest.Account;
import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Checks, as commit statuses. They have room for a title only: the rest of a report is on its page and in the summary comment. */
final class Statuses {

  private static final TypeReference<List<Status>> LIST = new TypeReference<>() {};

  /** A commit may have a thousand jobs. */
  private static final int MOST_PAGES = 20;

  private static final int MOST_TITLE = 140;
  private static final int MOST_URL = 255;

  private final GitLabCalls calls;
  private final People people;
  private final StatusPlaces places;
  private final Function<ReviewTarget, Optional<URI>> pages;

  private record Status(
      long id, String name, String status, String description, Account author, Long pipelineId) {}

  /**
   * @param pages where people read the review
   */
  Statuses(
      GitLabCalls calls,
      People people,
      StatusPlaces places,
      Function<ReviewTarget, Optional<URI>> pages) {
    this.calls = calls;
    this.people = people;
    this.places = places;
    this.pages = pages;
  }

  /** Those that stand where statuses count, the newest of each name. One in a former pipeline of the commit has to be put again. */
  List<Posted.Check> posted(StatusPlace place) {
    return own(place).stream()
        .flatMap(s -> state(s.status()).stream().map(state -> check(s, state)))
        .toList();
  }

  private static Posted.Check check(Status status, State state) {
    return new Posted.Check(
        Long.toString(status.id()),
        status.name(),
        state,
        status.description() == null ? "" : status.description());
  }

  private Collection<Status> own(StatusPlace place) {
    String self = people.self().id();
    String path = "projects/" + place.project() + "/repository/commits/" + place.sha() + "/statuses"
        + place.pipeline().map(p -> "?pipeline_id=" + p).orElse("");
    Map<String, Status> newest = new HashMap<>();
    calls.pages(path, LIST, MOST_PAGES).items().stream()
        .filter(s -> s.name() != null && s.name().startsWith("plimsoll"))
        .filter(s -> s.author() != null && self.equals(Long.toString(s.author().id())))
        // Older servers know no such parameter and give the statuses of all pipelines
        .filter(s -> place.pipeline().isEmpty()
            || s.pipelineId() == null
            || place.pipeline().get().equals(s.pipelineId()))
        .sorted(Comparator.comparingLong(Status::id))
        .forEach(s -> newest.put(s.name(), s));
    return newest.values();
  }

  /** Empty for one that a person has canceled or skipped: it says nothing of what Plimsoll found. */
  private static Optional<State> state(String status) {
    return switch (String.valueOf(status)) {
      case "success" -> Optional.of(State.SUCCESS);
      case "failed" -> Optional.of(State.FAILURE);
      case "running" -> Optional.of(State.IN_PROGRESS);
      case "canceled", "canceling", "skipped" -> Optional.empty();
      default -> Optional.of(State.QUEUED);
    };
  }

  Applied put(ChangeRequest changeRequest, CheckReport report, Optional<String> replaces) {
    StatusPlace place = places.toPut(changeRequest, report.state().isFinal());
    Reply reply = post(changeRequest, report, place);
    if (reply instanceof Reply.Missing && place.pipeline().isPresent()) {
      // Somebody has deleted the pipeline
      place = new StatusPlace(place.project(), place.sha(), place.ref(), Optional.empty());
      reply = post(changeRequest, report, place);
    }
    Optional<String> id = switch (reply) {
      case Reply.Refused refused
      when !report.state().isFinal() && refused.message().contains("Cannot transition status") ->
        // It is under way already, which is all that such a report has to say
        replaces.or(() -> standing(changeRequest, report, false));
      case Reply.Refused refused
      when refused.status() == 409 ->
        throw new ForgeException(Kind.RETRY_LATER, refused.message(), Optional.empty(), null);
      case Reply.Lost lost ->
        Optional.of(standing(changeRequest, report, true).orElseThrow(lost::why));
      case Reply other ->
        Optional.of(Long.toString(other.orThrow().as(Status.class).id()));
    };
    return new Applied(id.map(i -> Map.of(report.name(), i)).orElse(Map.of()), Set.of());
  }

  private Reply post(ChangeRequest changeRequest, CheckReport report, StatusPlace place) {
    Map<String, Object> body = place.parameters();
    body.put("name", report.name());
    body.put("state", word(report.state()));
    body.put("description", title(report));
    pages
        .apply(changeRequest.target())
        .map(URI::toString)
        .filter(u -> u.length() <= MOST_URL)
        .ifPresent(u -> body.put("target_url", u));
    return calls.post("projects/" + place.project() + "/statuses/" + place.sha(), body);
  }

  private static String word(State state) {
    return switch (state) {
      case QUEUED -> "pending";
      case IN_PROGRESS -> "running";
      case SUCCESS -> "success";
      case FAILURE -> "failed";
    };
  }

  /** One line that ends at a word. */
  private static String title(CheckReport report) {
    String line = report.title().replaceAll("\\s+", " ").strip();
    if (line.codePointCount(0, line.length()) <= MOST_TITLE) {
      return line;
    }
    String start = line.substring(0, line.offsetByCodePoints(0, MOST_TITLE - 2));
    int space = start.lastIndexOf(' ');
    return (space > MOST_TITLE / 2 ? start.substring(0, space) : start) + " …";
  }

  /**
   * The status of this report's name, if it stands.
   *
   * @param alike only when it says the same
   */
  private Optional<String> standing(
      ChangeRequest changeRequest, CheckReport report, boolean alike) {
    return own(places.toPut(changeRequest, report.state().isFinal())).stream()
        .filter(s -> s.name().equals(report.name()))
        .filter(s -> !alike
            || word(report.state()).equals(s.status()) && title(report).equals(s.description()))
        .map(s -> Long.toString(s.id()))
        .findFirst();
  }
}
