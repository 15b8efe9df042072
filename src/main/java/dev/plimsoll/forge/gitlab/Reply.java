package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import java.io.IOException;
import java.util.Optional;

/** How GitLab answered one call. What forbids or delays every further call is thrown instead. */
sealed interface Reply {

  /**
   * @param next the {@code page} or {@code page_token} of the next page
   */
  record Good(JsonNode json, byte[] body, Optional<String> next) implements Reply {
    @Override
    public Good orThrow() {
      return this;
    }

    <T> T as(Class<T> type) {
      return read(() -> Json.MAPPER.treeToValue(json, type));
    }

    <T> T as(TypeReference<T> type) {
      return read(() -> Json.MAPPER.readValue(Json.MAPPER.treeAsTokens(json), type));
    }

    private interface Reading<T> {
      T read() throws IOException;
    }

    private static <T> T read(Reading<T> reading) {
      try {
        T value = reading.read();
        if (value == null) {
          throw new ForgeException(Kind.RETRY_LATER, "GitLab's answer is empty");
        }
        return value;
      } catch (JacksonException e) {
        throw new ForgeException(
            Kind.RETRY_LATER, "GitLab's answer has an unknown form", Optional.empty(), e);
      } catch (IOException e) {
        throw new IllegalStateException("JSON in memory cannot be read", e);
      }
    }
  }

  /**
   * 404. GitLab also says so of what the token may not see.
   *
   * @param said GitLab's own words
   */
  record Missing(String message, String said) implements Reply {
    @Override
    public Good orThrow() {
      throw new ForgeException(Kind.NOT_FOUND, message);
    }
  }

  /** 400 and its like: GitLab understood, and does not want this. */
  record Refused(int status, String message) implements Reply {
    @Override
    public Good orThrow() {
      throw new ForgeException(Kind.REFUSED, message);
    }
  }

  /** No usable answer: a write may have been made, or not. */
  record Lost(ForgeException why) implements Reply {
    @Override
    public Good orThrow() {
      throw why;
    }
  }

  Good orThrow();
}
