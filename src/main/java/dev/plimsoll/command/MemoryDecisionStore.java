package dev.plimsoll.command;

import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lost at the end of the process: for tests and the demo. */
public final class MemoryDecisionStore implements DecisionStore {

  private final List<Decision> entries = new ArrayList<>();

  @Override
  public synchronized Decision record(
      ChangeRequestId on, User by, Instant at, Decision.Source source, Effect.Decide content) {
    List<Decision> before = trail(on);
    Optional<Decision> standing =
        before.stream().filter(d -> d.source().equals(source)).findFirst();
    if (standing.isPresent()) {
      return standing.get();
    }
    Decision decision = new Decision(before.size() + 1L, on, by, at, source, content);
    entries.add(decision);
    return decision;
  }

  @Override
  public synchronized List<Decision> trail(ChangeRequestId on) {
    return entries.stream().filter(d -> d.on().equals(on)).toList();
  }

  @Override
  public synchronized List<Decision> trailOf(ForgeKind forge, String repository, Instant since) {
    Set<ChangeRequestId> recent = new LinkedHashSet<>();
    entries.stream()
        .filter(d -> d.on().forge() == forge && d.on().repository().equals(repository))
        .filter(d -> !d.at().isBefore(since))
        .forEach(d -> recent.add(d.on()));
    return entries.stream().filter(d -> recent.contains(d.on())).toList();
  }
}
