package dev.plimsoll.server;

import dev.plimsoll.command.Command;
import dev.plimsoll.command.CommandLine;
import dev.plimsoll.command.CommandParser;
import dev.plimsoll.command.CommandResult;
import dev.plimsoll.command.Commands;
import dev.plimsoll.command.Decision;
import dev.plimsoll.command.DecisionStore;
import dev.plimsoll.command.Effect;
import dev.plimsoll.command.Invocation;
import dev.plimsoll.command.Permission;
import dev.plimsoll.command.RuleBook;
import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.Action.CommentRef;
import dev.plimsoll.forge.Action.Reaction;
import dev.plimsoll.forge.ForgeEvent.ButtonPressed;
import dev.plimsoll.forge.ForgeEvent.Commented;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Obeys the commands of a comment: a reaction at once, then permission, record, review, one reply each, a last reaction. A comment that is
 * delivered again finds its replies and is left alone; one whose run was cut off goes on where it stopped, with nothing recorded twice.
 */
public final class CommandWorkflow {

  private final ReviewWorkflow reviews;
  private final DecisionStore decisions;
  private final Commands commands;
  private final RuleBook rules;
  private final InstantSource clock;

  public CommandWorkflow(
      ReviewWorkflow reviews, DecisionStore decisions, RuleBook rules, InstantSource clock) {
    this.reviews = reviews;
    this.decisions = decisions;
    this.commands = Commands.standard();
    this.rules = rules;
    this.clock = clock;
  }

  /** Whether there is something to do for a comment; asks nobody. */
  public static boolean concerns(Commented comment) {
    boolean own = comment.author().bot() || Marker.in(comment.body()).isPresent();
    return !own && !CommandParser.parse(comment.body()).commands().isEmpty();
  }

  /** The outcome of the review that followed, when one did. */
  public Optional<ReviewWorkflow.Outcome> obey(Commented comment) {
    if (!concerns(comment)) {
      return Optional.empty();
    }
    CommandParser.Commands given = CommandParser.parse(comment.body());
    MaterialLoader.Start start = reviews.start(comment.changeRequest());
    List<CommandLine> pending = given.commands().stream()
        .filter(line -> start
            .posted()
            .comment(replyMarker(comment.comment(), line.ordinal()))
            .isEmpty())
        .toList();
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    react(start, comment.comment(), Reaction.EYES);
    Asker asker = new Asker(
        start.forge(), comment.changeRequest(), comment.author(), start.config().configOrDefault());
    Laboratory laboratory = new Laboratory(reviews, start);
    List<Handled> handled = new ArrayList<>();
    for (CommandLine line : pending) {
      handled.add(handle(comment, line, asker, laboratory));
    }
    boolean changed = handled.stream().anyMatch(h -> !h.result().effects().isEmpty());
    boolean again =
        handled.stream().anyMatch(h -> h.result().effects().contains(new Effect.Rerun()));
    Optional<ReviewWorkflow.Outcome> outcome =
        changed ? Optional.of(reviews.review(start, again)) : Optional.empty();
    for (Handled h : handled) {
      reply(start, comment.comment(), h, outcome);
    }
    if (given.more()) {
      tellOfMore(start, comment.comment());
    }
    boolean allDone = handled.stream().allMatch(h -> h.result().done()) && !given.more();
    react(start, comment.comment(), allDone ? Reaction.ROCKET : Reaction.CONFUSED);
    return outcome;
  }

  private record Handled(CommandLine line, CommandResult result) {}

  private Handled handle(Commented comment, CommandLine line, Asker asker, Laboratory laboratory) {
    return switch (commands.find(line)) {
      case Commands.Found.None(String reply) ->
        new Handled(line, new CommandResult(false, reply, List.of()));
      case Commands.Found.One(Command command) -> {
        if (!asker.may(command.permission())) {
          yield new Handled(
              line,
              new CommandResult(false, Commands.refusal(command, asker.overriders()), List.of()));
        }
        if (command.permission() != Permission.READ && !laboratory.isOpen()) {
          String closed = "This change request is closed, so there is nothing to review or decide.";
          yield new Handled(line, new CommandResult(false, closed, List.of()));
        }
        CommandResult result = run(comment, line, command, laboratory);
        record(comment, line, result);
        yield new Handled(line, result);
      }
    };
  }

  /**
   * What this very command, or one behind it, has decided in a run that was cut off is left out of sight: so it finds what it found
   * then, and comes to the same decisions, which are recorded already.
   */
  private CommandResult run(
      Commented comment, CommandLine line, Command command, Laboratory laboratory) {
    String source = key(comment.comment());
    List<Decision> before = decisions.trail(comment.changeRequest()).stream()
        .filter(
            d -> !(d.source().comment().equals(source) && d.source().command() >= line.ordinal()))
        .toList();
    return command.run(new Invocation(
        line,
        comment.author(),
        () -> laboratory.review(Decision.holding(before)),
        Decision.active(before),
        commands,
        rules));
  }

  private void record(Commented comment, CommandLine line, CommandResult result) {
    int part = 0;
    for (Effect effect : result.effects()) {
      part++;
      switch (effect) {
        case Effect.Rerun rerun -> {}
        case Effect.Decide decide ->
          decisions.record(
              comment.changeRequest(),
              comment.author(),
              clock.instant(),
              new Decision.Source(key(comment.comment()), line.ordinal(), part),
              decide);
      }
    }
  }

  private void reply(
      MaterialLoader.Start start,
      CommentRef comment,
      Handled handled,
      Optional<ReviewWorkflow.Outcome> outcome) {
    String verdict = handled.result().effects().isEmpty()
        ? ""
        : outcome.map(CommandWorkflow::verdict).orElse("");
    Marker marker = replyMarker(comment, handled.line().ordinal());
    String text = Commands.quoted(handled.line()) + "\n\n" + handled.result().reply() + verdict;
    reviews
        .publisher()
        .apply(
            start.forge(),
            start.request(),
            new Action.PostComment(marker, marker.on(text), Optional.of(comment)));
  }

  private static String verdict(ReviewWorkflow.Outcome outcome) {
    return switch (outcome) {
      case ReviewWorkflow.Outcome.Reviewed(var request, var review) ->
        "\n\n" + Commands.verdict(review);
      case ReviewWorkflow.Outcome.NothingToReview nothing -> "";
      case ReviewWorkflow.Outcome.Closed closed -> "";
      case ReviewWorkflow.Outcome.Failed(var request, String incident) ->
        "\n\nThe review that followed failed (incident `" + incident + "`).";
    };
  }

  private void tellOfMore(MaterialLoader.Start start, CommentRef comment) {
    Marker marker = new Marker(Marker.Kind.REPLY, key(comment) + "-more");
    if (start.posted().comment(marker).isEmpty()) {
      String text =
          "That comment holds more than " + CommandParser.MOST_COMMANDS + " commands. The first "
              + CommandParser.MOST_COMMANDS + " were obeyed; write the others in another comment.";
      reviews
          .publisher()
          .apply(start.forge(), start.request(), new Action.PostComment(marker, marker.on(text)));
    }
  }

  private void react(MaterialLoader.Start start, CommentRef comment, Reaction reaction) {
    reviews.publisher().apply(start.forge(), start.request(), new Action.React(comment, reaction));
  }

  static Marker replyMarker(CommentRef comment, int ordinal) {
    return new Marker(Marker.Kind.REPLY, key(comment) + "-" + ordinal);
  }

  /** Comments on lines and in the conversation may be numbered apart. */
  private static String key(CommentRef comment) {
    String id = comment.id().replaceAll("[^A-Za-z0-9._-]", "_");
    return (comment.onLine() ? "line-" : "") + id.substring(Math.max(0, id.length() - 100));
  }

  /** The outcome of the review that followed, when one did. */
  public Optional<ReviewWorkflow.Outcome> press(ButtonPressed pressed) {
    ChangeRequestId id = pressed.changeRequest();
    MaterialLoader.Start start = reviews.start(id);
    Asker asker = new Asker(start.forge(), id, pressed.user(), start.config().configOrDefault());
    return switch (pressed.button()) {
      case "rerun" ->
        asker.may(Permission.WRITE) ? Optional.of(reviews.review(start, true)) : Optional.empty();
      case "explain" -> {
        Laboratory laboratory = new Laboratory(reviews, start);
        List<Decision> trail = decisions.trail(id);
        CommandLine line = new CommandLine(1, "status", "");
        if (commands.find(line) instanceof Commands.Found.One(Command status)) {
          CommandResult result = status.run(new Invocation(
              line,
              pressed.user(),
              () -> laboratory.review(Decision.holding(trail)),
              Decision.active(trail),
              commands,
              rules));
          once(start, pressed, result.reply());
        }
        yield Optional.empty();
      }
      case "ask-dba" -> {
        String teams =
            String.join(" ", asker.overriders().stream().map(t -> "@" + t).toList());
        once(
            start,
            pressed,
            teams.isEmpty()
                ? "A review by a DBA is asked for. `.plimsoll.yml` names no team under `overrides`, so please ask an administrator of this repository."
                : teams
                    + ": a review of these migrations is asked for. `/plimsoll status` tells what is open.");
        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  /** However often a button is pressed for a commit, its comment is written once. */
  private void once(MaterialLoader.Start start, ButtonPressed pressed, String text) {
    String head = start.request().headSha();
    Marker marker = new Marker(
        Marker.Kind.REPLY, pressed.button() + "-" + head.substring(0, Math.min(7, head.length())));
    if (start.posted().comment(marker).isEmpty()) {
      reviews
          .publisher()
          .apply(start.forge(), start.request(), new Action.PostComment(marker, marker.on(text)));
    }
  }
}
