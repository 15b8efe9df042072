package dev.plimsoll.review;

import dev.plimsoll.checklist.Answer;
import java.util.List;

/** What people have decided on a change request, in the order in which they did. Revoked ones are left out. */
public record Decisions(List<Override> overrides, List<Answer> answers) {

  public static final Decisions NONE = new Decisions(List.of(), List.of());

  public Decisions {
    overrides = List.copyOf(overrides);
    answers = List.copyOf(answers);
  }
}
