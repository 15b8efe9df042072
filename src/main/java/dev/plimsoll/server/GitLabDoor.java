package dev.plimsoll.server;

import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.gitlab.GitLabWebhook;
import java.util.Optional;
import java.util.function.Function;

/** GitLab's webhooks, with a plain token or a signature. */
final class GitLabDoor implements Webhooks.Door {

  private final GitLabWebhook webhook;

  GitLabDoor(GitLabWebhook webhook) {
    this.webhook = webhook;
  }

  @Override
  public ForgeKind forge() {
    return ForgeKind.GITLAB;
  }

  @Override
  public Optional<Named> open(Function<String, Optional<String>> header, byte[] body) {
    if (!webhook.isAuthentic(header, body)) {
      return Optional.empty();
    }
    return header
        .apply("X-Gitlab-Event")
        .flatMap(event -> webhook.deliveryId(header).map(delivery -> new Named(event, delivery)));
  }
}
