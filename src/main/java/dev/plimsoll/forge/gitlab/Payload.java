package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;

/** The parts of webhook payloads that are used. Any of them may be null: GitLab sends what belongs to the event. */
record Payload(
    String eventType,
    User user,
    Project project,
    Attributes objectAttributes,
    MergeRequest mergeRequest,
    Changes changes) {

  record User(long id, String username) {}

  record Project(long id, String pathWithNamespace) {}

  /**
   * Of a merge request, a note or a pipeline.
   *
   * @param oldrev only when commits were pushed
   * @param source what made the pipeline; of a merge request, its project
   */
  record Attributes(
      long id,
      long iid,
      String action,
      String oldrev,
      Commit lastCommit,
      String note,
      String noteableType,
      String discussionId,
      String type,
      long authorId,
      boolean system,
      boolean internal,
      boolean confidential,
      JsonNode position,
      String sha,
      JsonNode source,
      String status) {}

  record Commit(String id) {}

  record MergeRequest(long iid, long targetProjectId) {}

  record Changes(Change targetBranch, Change draft, Change workInProgress, Change title) {}

  record Change(JsonNode previous, JsonNode current) {}
}
