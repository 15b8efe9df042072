package dev.plimsoll.command;

import dev.plimsoll.report.Markdown;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.rules.Fix;
import java.util.ArrayList;
import java.util.List;

/** Writes down the safe way for every open finding that has one. */
final class PlanCommand implements Command {

  /** A reply fits into one comment; what has no room is named. */
  private static final int MOST_CHARACTERS = 55_000;

  private static final int LONGEST_STATEMENT = 4_000;

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String usage() {
    return "plan";
  }

  @Override
  public String example() {
    return "plan";
  }

  @Override
  public String says() {
    return "writes down the safe sequence of migrations";
  }

  @Override
  public Permission permission() {
    return Permission.READ;
  }

  @Override
  public CommandResult run(Invocation invocation) {
    List<Judged> open = invocation.review().get().findings().stream()
        .filter(f -> f.standing() instanceof Standing.Open)
        .toList();
    List<String> parts = new ArrayList<>();
    List<Judged> untold = new ArrayList<>();
    int length = 0;
    for (Judged judged : open) {
      String part = judged
          .finding()
          .fix()
          .map(fix -> "#### " + StatusCommand.finding(judged) + "\n\n" + text(fix))
          .orElse("");
      if (part.isEmpty() || length + part.length() > MOST_CHARACTERS) {
        untold.add(judged);
      } else {
        parts.add(part);
        length += part.length();
      }
    }
    if (open.isEmpty()) {
      return CommandResult.says("There is no open finding: the migrations may go as they are.");
    }
    if (!untold.isEmpty()) {
      StringBuilder rest = new StringBuilder("No sequence is written here for:\n");
      untold.stream().limit(50).forEach(f -> rest.append("\n- ").append(StatusCommand.finding(f)));
      if (untold.size() > 50) {
        rest.append("\n- and ").append(untold.size() - 50).append(" more");
      }
      parts.add(rest.toString());
    }
    return CommandResult.says(String.join("\n\n", parts));
  }

  private static String text(Fix fix) {
    return switch (fix) {
      case Fix.Replacement(var place, String sql, var why) ->
        Markdown.prose(why) + " At " + Markdown.code(place.file() + ":" + place.line()) + ":\n\n"
            + Markdown.block("sql", statement(sql));
      case Fix.Sequence(var summary, List<Fix.Stage> stages) -> {
        StringBuilder out = new StringBuilder(Markdown.prose(summary));
        for (int i = 0; i < stages.size(); i++) {
          out.append("\n\n").append(stage(i + 1, stages.get(i)));
        }
        yield out.toString();
      }
    };
  }

  private static String stage(int number, Fix.Stage stage) {
    String before = stage
        .deployBefore()
        .map(d -> "First deploy: " + Markdown.prose(d) + "\n\n")
        .orElse("");
    String outside = stage.transaction() ? "" : " (outside of a transaction)";
    String sql = String.join(
        "\n", stage.statements().stream().map(PlanCommand::statement).toList());
    return before + "**" + number + ".** " + Markdown.prose(stage.title()) + outside + "\n\n"
        + Markdown.block("sql", sql);
  }

  private static String statement(String sql) {
    String text = sql.strip();
    if (text.length() > LONGEST_STATEMENT) {
      return "-- a statement of " + text.length() + " characters";
    }
    return text.endsWith(";") || text.startsWith("--") ? text : text + ";";
  }
}
