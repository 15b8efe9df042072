package dev.plimsoll.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.Headers;

/** What GitHub means by an answer that is no success. */
final class Errors {

  /** GitHub's own advice where it names no time. */
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(60);

  private final Clock clock;

  Errors(Clock clock) {
    this.clock = clock;
  }

  /** Until when GitHub wants no more calls, if this is what it says. */
  Optional<Instant> pause(int status, Headers headers, String message) {
    boolean limited = status == 429 || (status == 403 || status == 200) && speaksOfLimits(message);
    boolean usedUp = "0".equals(headers.get("x-ratelimit-remaining"))
        && (status == 403 || status == 429 || limited);
    if (!limited && !usedUp) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    OptionalLong after = number(headers.get("retry-after"));
    if (after.isPresent()) {
      return Optional.of(now.plusSeconds(Math.min(after.getAsLong(), 86_400)));
    }
    OptionalLong reset = number(headers.get("x-ratelimit-reset"));
    if (usedUp && reset.isPresent()) {
      // One second more: the two clocks need not agree
      Instant at = Instant.ofEpochSecond(reset.getAsLong()).plusSeconds(1);
      return Optional.of(
          at.isAfter(now) && at.isBefore(now.plus(Duration.ofDays(1)))
              ? at
              : now.plus(LEAST_PAUSE));
    }
    return Optional.of(now.plus(LEAST_PAUSE));
  }

  private static boolean speaksOfLimits(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return lower.contains("rate limit") || lower.contains("abuse detection");
  }

  static ForgeException limited(Instant until) {
    return new ForgeException(
        Kind.RETRY_LATER,
        "GitHub's rate limit is reached; it allows the next call at " + until,
        Optional.of(until),
        null);
  }

  static ForgeException forbidden(String what, Headers headers, String message) {
    String needed = headers.get("x-accepted-github-permissions");
    String permission =
        needed != null && message.toLowerCase(Locale.ROOT).contains("not accessible")
            ? " The app needs the permission " + brief(needed)
                + ": grant it in the app's settings, then accept it in the installation."
            : "";
    return new ForgeException(
        Kind.FORBIDDEN, what + " is forbidden by GitHub: " + brief(message) + "." + permission);
  }

  static ForgeException later(String what, String why, Throwable cause) {
    return new ForgeException(
        Kind.RETRY_LATER,
        what + " got no usable answer from GitHub: " + why,
        Optional.empty(),
        cause);
  }

  /** GitHub's message with its details, on one line. */
  static String message(JsonNode json) {
    StringBuilder all = new StringBuilder(json.path("message").asText(""));
    for (JsonNode error : json.path("errors")) {
      String detail = error.isTextual()
          ? error.asText()
          : error
              .path("message")
              .asText(error.path("field").asText("") + " " + error.path("code").asText(""));
      all.append(all.isEmpty() ? "" : "; ").append(detail.strip());
    }
    return brief(all.toString());
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
