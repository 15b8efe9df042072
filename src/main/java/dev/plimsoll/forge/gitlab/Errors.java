package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.Headers;

/** What GitLab means by an answer that is no success. */
final class Errors {

  /** GitLab counts by the minute. */
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  private final Clock clock;

  Errors(Clock clock) {
    this.clock = clock;
  }

  /** Until when GitLab wants no more calls, of an answer 429. */
  Instant pause(Headers headers) {
    Instant now = clock.instant();
    OptionalLong after = number(headers.get("Retry-After"));
    if (after.isPresent()) {
      return now.plusSeconds(Math.min(after.getAsLong(), 86_400));
    }
    OptionalLong reset = number(headers.get("RateLimit-Reset"));
    if (reset.isPresent()) {
      // One second more: the two clocks need not agree
      Instant at = Instant.ofEpochSecond(reset.getAsLong()).plusSeconds(1);
      if (at.isAfter(now) && at.isBefore(now.plus(Duration.ofDays(1)))) {
        return at;
      }
    }
    return now.plus(A_MINUTE);
  }

  static ForgeException limited(Instant until) {
    return new ForgeException(
        Kind.RETRY_LATER,
        "GitLab's rate limit is reached; it allows the next call at " + until,
        Optional.of(until),
        null);
  }

  static ForgeException unauthorized(String what, String said) {
    return new ForgeException(
        Kind.FORBIDDEN,
        what + ": GitLab does not accept Plimsoll's token, which is wrong, revoked or expired ("
            + said + "). Make a new one with the scope api and restart Plimsoll with it.");
  }

  static ForgeException forbidden(String what, boolean write, String said) {
    String needed = said.contains("insufficient_scope") || said.contains("higher privileges")
        ? "The token needs the scope api."
        : write
            ? "The token's user needs the role Developer in the project, for commit statuses and for resolving threads."
            : "The token's user needs the role Reporter in the project at least; Developer for all that Plimsoll does.";
    return new ForgeException(
        Kind.FORBIDDEN, what + " is forbidden by GitLab: " + said + ". " + needed);
  }

  static ForgeException later(String what, String why, Throwable cause) {
    return new ForgeException(
        Kind.RETRY_LATER,
        what + " got no usable answer from GitLab: " + why,
        Optional.empty(),
        cause);
  }

  /** GitLab's message in any of its forms, on one line. */
  static String message(JsonNode json) {
    List<String> parts = new ArrayList<>();
    for (String name : List.of("message", "error", "error_description")) {
      collect(json.path(name), parts);
    }
    return brief(String.join("; ", parts));
  }

  private static void collect(JsonNode node, List<String> parts) {
    if (parts.size() >= 10) {
      return;
    }
    if (node.isObject()) {
      node.properties().forEach(p -> {
        List<String> inner = new ArrayList<>();
        collect(p.getValue(), inner);
        parts.add(p.getKey() + " " + String.join(", ", inner));
      });
    } else if (node.isArray()) {
      node.forEach(n -> collect(n, parts));
    } else if (node.isValueNode() && !node.isNull()) {
      parts.add(node.asText());
    }
  }

  static String brief(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= 400 ? line : line.substring(0, 400) + "...";
  }

  private static OptionalLong number(String text) {
    return text != null && text.matches("\\d{1,15}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
