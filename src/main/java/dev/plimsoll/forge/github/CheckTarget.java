package dev.plimsoll.forge.github;

import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a check run is about, written into its {@code external_id}: webhooks of a run on a fork's commit name no pull request, and this
 * comes back in them.
 */
final class CheckTarget {

  private static final Pattern PULL = Pattern.compile("pull/(\\d{1,18})");
  private static final Pattern GROUP = Pattern.compile("group/([0-9a-f]{40,64})/(.{1,255})");

  private CheckTarget() {}

  static String of(ReviewTarget target) {
    return switch (target) {
      case ChangeRequestId pull -> "pull/" + pull.number();
      case MergeGroup group -> "group/" + group.baseSha() + "/" + group.branch();
    };
  }

  static Optional<ReviewTarget> read(String externalId, String repository, String headSha) {
    Matcher pull = PULL.matcher(externalId);
    if (pull.matches()) {
      return Optional.of(
          new ChangeRequestId(ForgeKind.GITHUB, repository, Long.parseLong(pull.group(1))));
    }
    Matcher group = GROUP.matcher(externalId);
    return group.matches()
        ? Optional.of(
            new MergeGroup(ForgeKind.GITHUB, repository, headSha, group.group(1), group.group(2)))
        : Optional.empty();
  }
}
