package dev.plimsoll.server.demo;

import dev.plimsoll.forge.CheckReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the page shows. Everything named {@code html} is safe to put into it as it is.
 *
 * @param items the list of pull requests
 * @param change the one that is chosen
 * @param members who one may be
 */
public record PageView(List<Item> items, Change change, List<Member> members) {

  /** The state of one or all checks, as a sign. */
  public enum Light {
    WAITING,
    PASSED,
    FAILED;

    static Light of(CheckReport.State state) {
      return switch (state) {
        case QUEUED, IN_PROGRESS -> WAITING;
        case SUCCESS -> PASSED;
        case FAILURE -> FAILED;
      };
    }

    public String css() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public record Item(
      String slug, long number, String title, String author, Light light, boolean chosen) {}

  /**
   * @param initial the first letter of the name, for the picture
   */
  public record Person(String login, String initial, boolean bot) {}

  /**
   * @param role what they may do, in words
   */
  public record Member(Person person, String role) {}

  /**
   * @param message the commit's
   * @param settled nothing is on its way
   */
  public record Change(
      String slug,
      long number,
      String title,
      Person author,
      String headBranch,
      String baseBranch,
      String head,
      String message,
      boolean byAi,
      String lesson,
      Light light,
      String headline,
      boolean settled,
      List<Check> checks,
      List<FileDiff> files,
      List<Entry> timeline,
      Optional<Push> push,
      List<Remark> remarks) {}

  public record Check(
      String name, Light light, String state, String title, String html, List<Button> buttons) {}

  public record Button(String id, String label, String description) {}

  public record FileDiff(String path, int added, int removed, List<Row> rows) {}

  /** A part of a diff, from top to bottom. */
  public sealed interface Row {}

  /** Between two parts of the file. */
  public record Gap(String text) implements Row {}

  /**
   * @param kind {@code added}, {@code removed} or {@code same}
   * @param number in the new file; empty for a removed one
   */
  public record Line(String kind, String sign, String number, boolean marked, String html)
      implements Row {}

  public record Discussion(Thread thread) implements Row {}

  /**
   * @param lines where it stands, in words
   * @param gist what it begins with, for when it is closed
   */
  public record Thread(
      String id,
      String path,
      String lines,
      String gist,
      boolean resolved,
      boolean outdated,
      String excerptHtml,
      List<Comment> comments) {}

  /**
   * @param edits how often it was changed
   */
  public record Comment(
      String id,
      Person author,
      String role,
      String at,
      int edits,
      String html,
      List<Reaction> reactions) {}

  public record Reaction(String sign, String meaning) {}

  /** What happened, the oldest first. */
  public sealed interface Entry {}

  public record Event(String id, Person by, String text, String code, String at) implements Entry {}

  public record Said(Comment comment) implements Entry {}

  /** A thread on lines that are not in the file any more. */
  public record Outdated(Thread thread) implements Entry {}

  /**
   * @param label of the button
   * @param files what would be pushed
   */
  public record Push(String label, List<NewFile> files) {}

  public record NewFile(String path, String html) {}

  /**
   * @param label what fits on a button
   */
  public record Remark(String login, String text, String label) {}
}
