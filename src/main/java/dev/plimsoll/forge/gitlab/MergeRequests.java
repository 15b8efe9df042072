package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import java.util.List;

/** Reads merge requests. */
final class MergeRequests {

  private static final TypeReference<List<Listed>> LIST = new TypeReference<>() {};

  private final GitLabCalls calls;

  private record Listed(long iid, String sha, String state) {}

  MergeRequests(GitLabCalls calls) {
    this.calls = calls;
  }

  MergeRequest read(ChangeRequestId id) {
    return switch (calls.get(
        Coordinates.project(id.repository()) + "/merge_requests/" + id.number())) {
      case Reply.Missing missing ->
        throw new ForgeException(
            Kind.NOT_FOUND,
            id.key() + " is not there, or the token's user is no member of its project ("
                + missing.said() + ")");
      case Reply reply -> prepared(id, reply.orThrow().as(MergeRequest.class));
    };
  }

  private static MergeRequest prepared(ChangeRequestId id, MergeRequest it) {
    if (!it.isPrepared()) {
      throw new ForgeException(
          Kind.RETRY_LATER, "GitLab is still preparing the diff of " + id.key());
    }
    Coordinates.checkedSha(it.diffRefs().baseSha());
    Coordinates.checkedSha(it.diffRefs().startSha());
    Coordinates.checkedSha(it.diffRefs().headSha());
    return it;
  }

  /** The open ones whose newest commit this is. */
  List<ChangeRequestId> withHead(String repository, String headSha) {
    String path = Coordinates.project(repository) + "/repository/commits/"
        + Coordinates.checkedSha(headSha) + "/merge_requests?state=opened";
    return calls.pages(path, LIST, 5).items().stream()
        .filter(m -> "opened".equals(m.state()) && headSha.equals(m.sha()))
        .map(m -> new ChangeRequestId(ForgeKind.GITLAB, repository, m.iid()))
        .toList();
  }
}
