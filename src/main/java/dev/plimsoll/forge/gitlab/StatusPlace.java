package dev.plimsoll.forge.gitlab;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where commit statuses count for a merge request. GitLab looks at the one pipeline that it holds for the newest; a status elsewhere is shown
 * on the commit and holds no merge.
 *
 * @param project where the pipeline is: of a fork, when the merge request comes from one
 * @param sha the head commit, or the merged result that the pipeline runs on
 * @param ref the branch, for a pipeline that is made for the status
 */
record StatusPlace(long project, String sha, String ref, Optional<Long> pipeline) {

  private static final String PREFIX = "status_";

  void remember(Map<String, String> state) {
    state.put(PREFIX + "project", Long.toString(project));
    state.put(PREFIX + "sha", sha);
    state.put(PREFIX + "ref", ref);
    pipeline.ifPresent(p -> state.put(PREFIX + "pipeline", Long.toString(p)));
  }

  static StatusPlace remembered(Map<String, String> state) {
    return new StatusPlace(
        Long.parseLong(state.get(PREFIX + "project")),
        state.get(PREFIX + "sha"),
        state.get(PREFIX + "ref"),
        Optional.ofNullable(state.get(PREFIX + "pipeline")).map(Long::parseLong));
  }

  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    pipeline.ifPresentOrElse(
        p -> parameters.put("pipeline_id", p), () -> parameters.put("ref", ref));
    return parameters;
  }
}
