package dev.plimsoll.server.demo;

import dev.plimsoll.forge.AiAuthorship;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.Desired;
import dev.plimsoll.forge.User;
import dev.plimsoll.forge.memory.Conversation;
import dev.plimsoll.forge.memory.MemoryForge;
import dev.plimsoll.server.demo.PageView.Change;
import dev.plimsoll.server.demo.PageView.Check;
import dev.plimsoll.server.demo.PageView.Entry;
import dev.plimsoll.server.demo.PageView.Light;
import dev.plimsoll.server.demo.PageView.NewFile;
import dev.plimsoll.server.demo.PageView.Person;
import dev.plimsoll.server.demo.PageView.Push;
import dev.plimsoll.server.demo.PageView.Remark;
import dev.plimsoll.server.demo.Playground.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the page's content of what the forge holds. */
final class PageViews {

  private static final List<String> CHECKS =
      List.of(Desired.FINDINGS_CHECK, Desired.CHECKLIST_CHECK);
  private static final int LONGEST_LABEL = 46;

  private final MemoryForge forge;

  PageViews(MemoryForge forge) {
    this.forge = forge;
  }

  PageView of(List<Now> all, Now chosen) {
    return new PageView(
        all.stream().map(now -> item(now, chosen)).toList(),
        change(chosen),
        Shop.MEMBERS.stream()
            .map(m -> new PageView.Member(person(m.user()), m.role()))
            .toList());
  }

  private static PageView.Item item(Now now, Now chosen) {
    return new PageView.Item(
        now.scenario().slug(),
        now.conversation().number(),
        now.scenario().title(),
        now.conversation().author().login(),
        light(checks(now.conversation())),
        now.scenario().slug().equals(chosen.scenario().slug()));
  }

  private Change change(Now now) {
    Conversation it = now.conversation();
    List<Check> checks = checks(it);
    Light light = light(checks);
    return new Change(
        now.scenario().slug(),
        it.number(),
        it.title(),
        person(it.author()),
        it.headBranch(),
        it.baseBranch(),
        it.headSha().substring(0, 7),
        now.scenario().message().strip().replace("\n\n", "\n"),
        AiAuthorship.inMessages(List.of(now.scenario().message())),
        now.scenario().lesson(),
        light,
        headline(light, checks),
        isSettled(it, light),
        checks,
        new DiffViews(forge).of(now.id(), it.threads()),
        timeline(it),
        push(now),
        now.scenario().remarks().stream()
            .map(r -> new Remark(r.login(), r.text(), label(r.text())))
            .toList());
  }

  static Person person(User user) {
    return new Person(
        user.login(), user.login().substring(0, 1).toUpperCase(Locale.ROOT), user.bot());
  }

  private static List<Check> checks(Conversation it) {
    return CHECKS.stream()
        .map(name -> it.check(name)
            .map(run -> check(run.report()))
            .orElseGet(() -> new Check(
                name,
                Light.WAITING,
                "expected",
                "Waiting for Plimsoll to hear of this commit",
                "",
                List.of())))
        .toList();
  }

  private static Check check(CheckReport report) {
    Light light = Light.of(report.state());
    return new Check(
        report.name(),
        light,
        switch (light) {
          case WAITING -> "in progress";
          case PASSED -> "successful";
          case FAILED -> "failing";
        },
        report.title(),
        CommentHtml.ofPlimsoll(report.summary(), Optional.empty()),
        report.buttons().stream()
            .map(b -> new PageView.Button(b.identifier(), b.label(), b.description()))
            .toList());
  }

  private static Light light(List<Check> checks) {
    if (checks.stream().anyMatch(c -> c.light() == Light.WAITING)) {
      return Light.WAITING;
    }
    return checks.stream().allMatch(c -> c.light() == Light.PASSED) ? Light.PASSED : Light.FAILED;
  }

  private static String headline(Light light, List<Check> checks) {
    long failing = checks.stream().filter(c -> c.light() == Light.FAILED).count();
    return switch (light) {
      case WAITING -> "Plimsoll is reading the migrations";
      case PASSED -> "All checks have passed: this can be merged";
      case FAILED ->
        failing == 1
            ? "Merging is blocked: one required check fails"
            : "Merging is blocked: both required checks fail";
    };
  }

  /** Both checks are final, and every command has its last reaction. */
  private static boolean isSettled(Conversation it, Light light) {
    return light != Light.WAITING
        && Stream.concat(
                it.comments().stream(), it.threads().stream().flatMap(t -> t.comments().stream()))
            .allMatch(CommentViews::isAnswered);
  }

  private static List<Entry> timeline(Conversation it) {
    List<Entry> entries = new ArrayList<>();
    for (Conversation.Entry entry : it.timeline()) {
      int number = entries.size();
      switch (entry) {
        case Conversation.Opened(User by, String title, var at) ->
          entries.add(new PageView.Event(
              "event-" + number,
              person(by),
              "opened this pull request",
              "",
              CommentViews.clock(at)));
        case Conversation.Pushed(User by, String sha, String message, var at) ->
          entries.add(new PageView.Event(
              "event-" + number,
              person(by),
              "pushed “" + message + "”",
              sha.substring(0, 7),
              CommentViews.clock(at)));
        case Conversation.Said(Conversation.Comment comment) ->
          entries.add(new PageView.Said(CommentViews.of(comment, Optional.empty())));
        case Conversation.Threaded(Conversation.Thread thread)
        when thread.outdated() -> entries.add(new PageView.Outdated(DiffViews.thread(thread)));
        case Conversation.Threaded onItsLine -> {}
        case Conversation.Closed(User by, var at) ->
          entries.add(new PageView.Event(
              "event-" + number,
              person(by),
              "closed this pull request",
              "",
              CommentViews.clock(at)));
      }
    }
    return entries;
  }

  private static Optional<Push> push(Now now) {
    Map<String, String> next =
        now.corrected() ? now.scenario().opened() : now.scenario().corrected();
    return now.scenario().corrected().isEmpty()
        ? Optional.empty()
        : Optional.of(new Push(
            now.corrected() ? "Push the first version again" : "Push the corrected migration",
            next.entrySet().stream()
                .map(e -> new NewFile(e.getKey(), SqlInk.lines(e.getValue())))
                .toList()));
  }

  private static String label(String text) {
    return text.length() <= LONGEST_LABEL
        ? text
        : text.substring(0, LONGEST_LABEL - 1).stripTrailing() + "…";
  }
}
