package dev.plimsoll.forge.gitlab;

import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import java.util.Map;
import java.util.Optional;

/**
 * Where calls about a change request go. The project is named by its number, which a rename does not change: writes to a former name are
 * refused.
 */
record Place(ChangeRequestId id, long project) {

  private static final String PROJECT = "project";

  Map<String, String> remembered() {
    return Map.of(PROJECT, Long.toString(project));
  }

  static Place of(ChangeRequest changeRequest) {
    return switch (changeRequest.target()) {
      case ChangeRequestId id ->
        new Place(
            id,
            Optional.ofNullable(changeRequest.forgeState().get(PROJECT))
                .map(Long::parseLong)
                .orElseThrow(() ->
                    new ForgeException(Kind.REFUSED, id.key() + " was not loaded from GitLab")));
      case MergeGroup group -> throw noMergeTrains(group);
    };
  }

  static ForgeException noMergeTrains(MergeGroup group) {
    return new ForgeException(
        Kind.REFUSED,
        group.key()
            + ": GitLab's merge trains have no groups to review; their pipelines run for each merge request");
  }

  String projectPath() {
    return "projects/" + project;
  }

  String path() {
    return projectPath() + "/merge_requests/" + id.number();
  }
}
