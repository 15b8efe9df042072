package dev.plimsoll.server;

import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.github.GitHubWebhook;
import java.util.Optional;
import java.util.function.Function;

/** GitHub's webhooks: the signature in one header, the event and the delivery's id in two others. */
final class GitHubDoor implements Webhooks.Door {

  private final GitHubWebhook webhook;

  GitHubDoor(GitHubWebhook webhook) {
    this.webhook = webhook;
  }

  @Override
  public ForgeKind forge() {
    return ForgeKind.GITHUB;
  }

  @Override
  public Optional<Named> open(Function<String, Optional<String>> header, byte[] body) {
    if (!webhook.isAuthentic(header.apply("X-Hub-Signature-256"), body)) {
      return Optional.empty();
    }
    return header
        .apply("X-GitHub-Event")
        .flatMap(
            event -> header.apply("X-GitHub-Delivery").map(delivery -> new Named(event, delivery)));
  }
}
