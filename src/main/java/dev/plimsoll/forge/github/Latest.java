package dev.plimsoll.forge.github;

import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import java.util.HashMap;
import java.util.Map;

/** Looks whether a write that got no answer was made all the same. */
final class Latest {

  private final GitHubCalls calls;

  Latest(GitHubCalls calls) {
    this.calls = calls;
  }

  /** The ids of Plimsoll's newest comments and threads, by marker. */
  Map<Marker, String> byMarker(ChangeRequestId pull) {
    Map<String, Object> variables = Repositories.coordinates(pull.repository());
    variables.put("number", pull.number());
    PullQuery.Root root = GraphQl.read(
        calls.query(pull.repository(), PullQuery.LATEST, variables).orThrow(),
        PullQuery.Root.class);
    OwnPosts own = new OwnPosts(root.viewer().login());
    own.addComments(root.repository().pullRequest().comments().nodes());
    own.addThreads(root.repository().pullRequest().reviewThreads().nodes());
    Map<Marker, String> ids = new HashMap<>();
    for (Posted.Comment comment : own.comments()) {
      ids.put(comment.marker(), comment.id());
    }
    for (Posted.Thread thread : own.threads()) {
      ids.put(new Marker(Marker.Kind.THREAD, thread.key()), thread.id());
    }
    return ids;
  }
}
