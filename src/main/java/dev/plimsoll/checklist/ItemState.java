package dev.plimsoll.checklist;

import dev.plimsoll.rules.Prose;
import java.util.Optional;

/** Where an item of the checklist stands. */
public sealed interface ItemState {

  /**
   * @param evidence what answers it
   * @param person who answered, when it was not the evidence itself
   */
  record Answered(Prose evidence, Optional<String> person) implements ItemState {}

  /** Only a person can say; {@code question} asks for just what is missing. */
  record Open(Prose question) implements ItemState {}

  record NotApplicable(Prose reason) implements ItemState {}
}
