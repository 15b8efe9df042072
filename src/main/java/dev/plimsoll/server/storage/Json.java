package dev.plimsoll.server.storage;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.plimsoll.command.Effect;
import dev.plimsoll.forge.PostedLedger;

/** Records as JSON; kinds of a sealed interface are told apart by their simple name. */
final class Json {

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
  private interface Kinds {}

  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .addModule(new Jdk8Module())
      .addModule(new JavaTimeModule())
      .addMixIn(Effect.Decide.class, Kinds.class)
      .addMixIn(PostedLedger.Entry.class, Kinds.class)
      .build();

  static {
    MAPPER.registerSubtypes(
        Effect.OverrideFinding.class, Effect.AnswerItem.class, Effect.RevokeDecision.class);
    MAPPER.registerSubtypes(
        PostedLedger.ThreadEntry.class,
        PostedLedger.CommentEntry.class,
        PostedLedger.CheckEntry.class);
  }

  private Json() {}

  static String write(Object value, Class<?> as) {
    try {
      return MAPPER.writerFor(as).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record cannot be written: " + as.getSimpleName(), e);
    }
  }

  static <T> T read(String json, Class<T> as) {
    try {
      return MAPPER.readValue(json, as);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was stored cannot be read: " + as.getSimpleName(), e);
    }
  }
}
