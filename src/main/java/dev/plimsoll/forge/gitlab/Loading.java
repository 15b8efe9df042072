package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.Forge.Loaded;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Loads a merge request: six calls, when its lists are no longer than a page and the base's files are known. */
final class Loading {

  /** The target branch's tip when the diff was made: part of every position in it. */
  static final String START_SHA = "start_sha";

  private final GitLabCalls calls;
  private final MergeRequests mergeRequests;
  private final ChangedFiles changedFiles;
  private final RawFiles files;
  private final People people;
  private final Discussions discussions;
  private final StatusPlaces statusPlaces;
  private final Statuses statuses;

  Loading(
      GitLabCalls calls,
      MergeRequests mergeRequests,
      ChangedFiles changedFiles,
      RawFiles files,
      People people,
      Discussions discussions,
      StatusPlaces statusPlaces,
      Statuses statuses) {
    this.calls = calls;
    this.mergeRequests = mergeRequests;
    this.changedFiles = changedFiles;
    this.files = files;
    this.people = people;
    this.discussions = discussions;
    this.statusPlaces = statusPlaces;
    this.statuses = statuses;
  }

  Loaded load(ChangeRequestId id, Set<String> basePaths) {
    MergeRequest it = mergeRequests.read(id);
    Place place = new Place(id, it.projectId());
    ChangedFiles.Loaded changed = changedFiles.load(place, it);
    String baseSha = tip(place, it);
    Map<String, FileContent> baseFiles =
        files.read(place.project(), baseSha, basePaths, Map.of(), RawFiles.CATALOG_BOUND);
    Discussions.Own own = discussions.own(place, it.head());
    StatusPlace statusPlace = statusPlaces.of(it);
    Posted posted = new Posted(own.threads(), own.comments(), statuses.posted(statusPlace));

    Map<String, String> state = new HashMap<>(place.remembered());
    state.put(START_SHA, it.diffRefs().startSha());
    statusPlace.remember(state);
    ChangeRequest changeRequest = new ChangeRequest(
        id,
        String.valueOf(it.title()),
        String.valueOf(it.webUrl()),
        people.withFlag(it.author()),
        it.head(),
        baseSha,
        Optional.of(it.diffRefs().baseSha()),
        it.targetBranch(),
        "opened".equals(it.state()),
        it.draft() || it.workInProgress(),
        changed.commitMessages(),
        changed.files().stream().map(ChangedFiles.Listed::change).toList(),
        changed.incomplete(),
        state);
    return new Loaded(changeRequest, baseFiles, posted);
  }

  /** What the diff was made against may be old, and configuration is read as it is now. */
  private String tip(Place place, MergeRequest it) {
    Reply reply = calls.get(
        place.projectPath() + "/repository/branches/" + Coordinates.encoded(it.targetBranch()));
    if (reply instanceof Reply.Missing) {
      // The target branch is deleted
      return it.diffRefs().startSha();
    }
    JsonNode commit = reply.orThrow().json().path("commit").path("id");
    return Coordinates.checkedSha(commit.asText());
  }
}
