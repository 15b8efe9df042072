package dev.plimsoll.forge.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** GraphQL answers: data and errors come together, and half of an answer must not be taken for the whole. */
final class GraphQl {

  private GraphQl() {}

  /**
   * @param type {@code NOT_FOUND}, {@code FORBIDDEN}, ...; empty when GitHub gives none, as for a time-out
   * @param path of the field, its parts joined by dots
   */
  record Problem(String type, String path, String message) {
    ForgeException exception() {
      Kind kind = switch (type) {
        case "NOT_FOUND" -> Kind.NOT_FOUND;
        case "FORBIDDEN", "INSUFFICIENT_SCOPES" -> Kind.FORBIDDEN;
        case "" ->
          message.contains("went wrong")
                  || message.contains("timed out")
                  || message.contains("timeout")
              ? Kind.RETRY_LATER
              : Kind.REFUSED;
        case "SERVICE_UNAVAILABLE", "INTERNAL", "LOADING" -> Kind.RETRY_LATER;
        default -> Kind.REFUSED;
      };
      String permission = kind == Kind.FORBIDDEN ? ". The app lacks a permission for it" : "";
      return new ForgeException(
          kind,
          "GitHub's GraphQL" + (path.isEmpty() ? "" : " at " + path) + ": " + Errors.brief(message)
              + permission);
    }
  }

  record Answer(JsonNode data, List<Problem> problems) {

    /** The data, when nothing is wrong with it. */
    JsonNode orThrow() {
      if (!problems.isEmpty()) {
        throw problems.getFirst().exception();
      }
      return data;
    }

    /** The data, when nothing is wrong outside of the named field. */
    JsonNode orThrowExceptAt(String field) {
      problems.stream()
          .filter(p -> !List.of(p.path().split("\\.")).contains(field))
          .findFirst()
          .ifPresent(p -> {
            throw p.exception();
          });
      return data;
    }
  }

  static Answer answer(JsonNode json) {
    List<Problem> problems = new ArrayList<>();
    for (JsonNode error : json.path("errors")) {
      List<String> path = new ArrayList<>();
      error.path("path").forEach(p -> path.add(p.asText()));
      problems.add(new Problem(
          error.path("type").asText(""),
          String.join(".", path),
          error.path("message").asText("")));
    }
    if (problems.isEmpty() && !json.path("data").isObject()) {
      throw new ForgeException(
          Kind.RETRY_LATER, "GitHub's GraphQL answers without data: " + Errors.message(json));
    }
    return new Answer(json.path("data"), problems);
  }

  static boolean isLimited(JsonNode json) {
    for (JsonNode error : json.path("errors")) {
      String message = error.path("message").asText("").toLowerCase(java.util.Locale.ROOT);
      if (error.path("type").asText("").startsWith("RATE_LIMIT")
          || message.contains("rate limit")) {
        return true;
      }
    }
    return false;
  }

  static <T> T read(JsonNode node, Class<T> type) {
    try {
      return Optional.ofNullable(Json.GRAPHQL.treeToValue(node, type))
          .orElseThrow(
              () -> new ForgeException(Kind.RETRY_LATER, "GitHub's GraphQL answer lacks a part"));
    } catch (JsonProcessingException e) {
      throw new ForgeException(
          Kind.RETRY_LATER, "GitHub's GraphQL answer has an unknown form", Optional.empty(), e);
    }
  }
}
