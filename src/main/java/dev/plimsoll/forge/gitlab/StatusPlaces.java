package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.gitlab.MergeRequest.Pipeline;
import java.time.Duration;
import java.util.Optional;

/** Finds where commit statuses count. */
final class StatusPlaces {

  private final GitLabCalls calls;
  private final People people;
  private final MergeRequests mergeRequests;

  /** Both checks end within moments of each other, so they ask once. */
  private final Cache<String, StatusPlace> justAsked = Caffeine.newBuilder()
      .maximumSize(10_000)
      .expireAfterWrite(Duration.ofSeconds(20))
      .build();

  StatusPlaces(GitLabCalls calls, People people, MergeRequests mergeRequests) {
    this.calls = calls;
    this.people = people;
    this.mergeRequests = mergeRequests;
  }

  StatusPlace of(MergeRequest it) {
    return Optional.ofNullable(it.headPipeline())
        .flatMap(p -> inPipeline(it, p))
        .orElseGet(() -> withoutPipeline(it));
  }

  private Optional<StatusPlace> inPipeline(MergeRequest it, Pipeline pipeline) {
    if (!mayPost(it, pipeline.projectId()) || pipeline.sha() == null || pipeline.ref() == null) {
      return Optional.empty();
    }
    return pipeline.sha().equals(it.head()) || isMergedResult(it, pipeline)
        ? Optional.of(new StatusPlace(
            pipeline.projectId(),
            Coordinates.checkedSha(pipeline.sha()),
            pipeline.ref(),
            Optional.of(pipeline.id())))
        : Optional.empty();
  }

  /** Whether the pipeline runs on what the head would be when merged, rather than on a former head. */
  private boolean isMergedResult(MergeRequest it, Pipeline pipeline) {
    if (!pipeline.ref().startsWith("refs/merge-requests/" + it.iid() + "/")) {
      return false;
    }
    Reply reply = calls.get("projects/" + pipeline.projectId() + "/repository/commits/"
        + Coordinates.checkedSha(pipeline.sha()));
    if (reply instanceof Reply.Missing) {
      return false;
    }
    for (JsonNode parent : reply.orThrow().json().path("parent_ids")) {
      if (parent.asText().equals(it.head())) {
        return true;
      }
    }
    return false;
  }

  /** The pipeline that GitLab makes for the status must be one of the source branch to count. */
  private StatusPlace withoutPipeline(MergeRequest it) {
    long source = Optional.ofNullable(it.sourceProjectId()).orElse(it.projectId());
    boolean fork = it.sourceProjectId() == null || source != it.projectId();
    if (!fork || it.sourceProjectId() != null && mayPost(it, source)) {
      return new StatusPlace(source, it.head(), it.sourceBranch(), Optional.empty());
    }
    return new StatusPlace(
        it.projectId(), it.head(), "refs/merge-requests/" + it.iid() + "/head", Optional.empty());
  }

  private boolean mayPost(MergeRequest it, long project) {
    return project == it.projectId() || people.mayPost(project);
  }

  /**
   * CI's pipeline may have come since the change request was loaded, and would pass without Plimsoll's word. So the last word asks once more
   * when there was none.
   */
  StatusPlace toPut(ChangeRequest changeRequest, boolean isFinal) {
    Place place = Place.of(changeRequest);
    StatusPlace known = StatusPlace.remembered(changeRequest.forgeState());
    if (!isFinal || known.pipeline().isPresent()) {
      return known;
    }
    return justAsked.get(place.id().key() + "@" + changeRequest.headSha(), _ -> {
      MergeRequest now = mergeRequests.read(place.id());
      return now.head().equals(changeRequest.headSha()) ? of(now) : known;
    });
  }
}
