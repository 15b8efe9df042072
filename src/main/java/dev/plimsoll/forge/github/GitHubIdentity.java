package dev.plimsoll.forge.github;

import java.util.List;
import java.util.Map;

/**
 * Who GitHub takes the app for.
 *
 * @param slug the name in its URL; its comments are by {@code slug[bot]}
 * @param permissions granted to the app by its owner: {@code checks} to {@code write}
 * @param events that it subscribes to
 */
public record GitHubIdentity(
    long id, String slug, String name, Map<String, String> permissions, List<String> events) {

  public GitHubIdentity {
    permissions = Map.copyOf(permissions);
    events = List.copyOf(events);
  }

  /** An app that was just made from a manifest. Its key and secret are shown this once. */
  public record Registered(
      long id, String slug, String url, String privateKey, String webhookSecret) {
    @Override
    public String toString() {
      return "Registered[" + slug + "]";
    }
  }
}
