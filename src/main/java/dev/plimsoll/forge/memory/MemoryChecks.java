package dev.plimsoll.forge.memory;

import dev.plimsoll.forge.Action.PutCheck;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.CheckReport.Annotation;
import dev.plimsoll.forge.ForgeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Check runs by commit. Guarded by the forge's lock. */
final class MemoryChecks {

  private static final int MOST_CHARACTERS = 65_535;
  private static final int MOST_BUTTONS = 3;

  private final Map<String, List<Conversation.CheckRun>> runs = new LinkedHashMap<>();

  String put(String headSha, PutCheck put, String freshId, Instant now) {
    CheckReport report = put.report();
    if (report.title().isBlank()
        || report.title().contains("\n")
        || report.summary().length() > MOST_CHARACTERS) {
      throw new ForgeException(
          ForgeException.Kind.REFUSED, "check " + report.name() + ": title or summary");
    }
    if (report.buttons().size() > MOST_BUTTONS) {
      throw new ForgeException(
          ForgeException.Kind.REFUSED, "check " + report.name() + " has more than three buttons");
    }
    List<Conversation.CheckRun> onHead = runs.computeIfAbsent(headSha, sha -> new ArrayList<>());
    if (put.replaces().isEmpty()) {
      onHead.add(new Conversation.CheckRun(freshId, report, now));
      return freshId;
    }
    String id = put.replaces().get();
    for (int i = 0; i < onHead.size(); i++) {
      Conversation.CheckRun run = onHead.get(i);
      if (run.id().equals(id) && run.report().name().equals(report.name())) {
        onHead.set(i, new Conversation.CheckRun(id, appended(run.report(), report), now));
        return id;
      }
    }
    throw new ForgeException(
        ForgeException.Kind.NOT_FOUND, "no check run " + id + " of that name on " + headSha);
  }

  /** A new report for the same run keeps the annotations that were sent before, as GitHub does. */
  private static CheckReport appended(CheckReport before, CheckReport now) {
    List<Annotation> annotations = new ArrayList<>(before.annotations());
    annotations.addAll(now.annotations());
    return new CheckReport(
        now.name(), now.state(), now.title(), now.summary(), annotations, now.buttons());
  }

  /** All runs of a commit, the oldest first. */
  List<Conversation.CheckRun> all(String headSha) {
    return List.copyOf(runs.getOrDefault(headSha, List.of()));
  }

  /** The newest of each name. */
  List<Conversation.CheckRun> newest(String headSha) {
    Map<String, Conversation.CheckRun> byName = new LinkedHashMap<>();
    all(headSha).forEach(run -> byName.put(run.report().name(), run));
    return List.copyOf(byName.values());
  }
}
