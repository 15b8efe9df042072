package dev.plimsoll.forge.github;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import java.io.IOException;
import java.util.Optional;

/** How GitHub answered one call. What forbids or delays every further call is thrown instead. */
sealed interface Reply {

  /**
   * @param more the {@code Link} header names a next page
   */
  record Good(JsonNode json, byte[] body, boolean more) implements Reply {
    @Override
    public Good orThrow() {
      return this;
    }

    <T> T as(Class<T> type) {
      return read(() -> Json.REST.treeToValue(json, type));
    }

    <T> T as(TypeReference<T> type) {
      return read(() -> Json.REST.readValue(Json.REST.treeAsTokens(json), type));
    }

    private interface Reading<T> {
      T read() throws IOException;
    }

    private static <T> T read(Reading<T> reading) {
      try {
        T value = reading.read();
        if (value == null) {
          throw new ForgeException(Kind.RETRY_LATER, "GitHub's answer is empty");
        }
        return value;
      } catch (JacksonException e) {
        throw new ForgeException(
            Kind.RETRY_LATER, "GitHub's answer has an unknown form", Optional.empty(), e);
      } catch (IOException e) {
        throw new IllegalStateException("JSON in memory cannot be read", e);
      }
    }
  }

  /** 404. */
  record Missing(String message) implements Reply {
    @Override
    public Good orThrow() {
      throw new ForgeException(Kind.NOT_FOUND, message);
    }
  }

  /** 422 and its like: GitHub understood, and does not want this. */
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
