package dev.plimsoll.report;

import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.review.Verdict;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.sql.RelationName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A review in one line of plain text. */
final class Titles {

  private static final int LONGEST_NAME = 60;

  private Titles() {}

  /** {@code 2 blocking findings on orders (200 million rows)}. */
  static String findings(Review review) {
    Verdict verdict = review.verdict();
    List<String> parts = new ArrayList<>();
    if (verdict.problems() > 0) {
      parts.add(problems(verdict));
    }
    if (verdict.blockingFindings() > 0) {
      parts.add(Words.count(verdict.blockingFindings(), "blocking finding", "blocking findings")
          + tables(review));
    }
    if (parts.isEmpty()) {
      return review.hasNothingToReview() ? "No migrations changed" : quiet(review);
    }
    return String.join(", ", parts);
  }

  /** {@code 3 of 7 items open: window, snapshot, defaults}. */
  static String checklist(Review review) {
    Verdict verdict = review.verdict();
    String open = openItems(verdict);
    if (verdict.problems() > 0) {
      return open.isEmpty() ? problems(verdict) : problems(verdict) + ", " + open;
    }
    if (!open.isEmpty()) {
      return open;
    }
    if (review.hasNothingToReview()) {
      return "No migrations changed";
    }
    int optional = review.checklist().open().size();
    return optional == 0
        ? "Every item has an answer"
        : "Every required item has an answer, " + optional + " optional open";
  }

  /** {@code Not ready: 2 blocking findings, 3 of 7 checklist items open}. */
  static String verdict(Review review) {
    Verdict verdict = review.verdict();
    if (verdict.isReady()) {
      return review.hasNothingToReview()
          ? "No migrations changed"
          : "Ready: " + lowerFirst(quiet(review));
    }
    List<String> parts = new ArrayList<>();
    if (verdict.problems() > 0) {
      parts.add(problems(verdict));
    }
    if (verdict.blockingFindings() > 0) {
      parts.add(Words.count(verdict.blockingFindings(), "blocking finding", "blocking findings")
          + tables(review));
    }
    if (!verdict.openItems().isEmpty()) {
      parts.add(verdict.openItems().size() + " of "
          + review.checklist().entries().size() + " questions open");
    }
    return "Not ready: " + String.join(", ", parts);
  }

  private static String openItems(Verdict verdict) {
    return verdict.openItems().isEmpty()
        ? ""
        : verdict.openItems().size() + " of 7 items open: "
            + verdict.openItems().stream().map(i -> i.id()).collect(Collectors.joining(", "));
  }

  private static String quiet(Review review) {
    List<String> parts = new ArrayList<>(List.of("No blocking findings"));
    int advice = (int) review.findings().stream()
        .filter(j -> !j.finding().isBlocking() && j.standing() instanceof Standing.Open)
        .count();
    int overridden = (int) review.findings().stream()
        .filter(j -> j.standing() instanceof Standing.Overridden)
        .count();
    if (advice > 0) {
      parts.add(advice + " to consider");
    }
    if (overridden > 0) {
      parts.add(overridden + " overridden");
    }
    return String.join(", ", parts);
  }

  private static String problems(Verdict verdict) {
    return Words.count(verdict.problems(), "problem", "problems") + " to mend";
  }

  private static String tables(Review review) {
    Set<RelationName> names = new LinkedHashSet<>();
    review.findings().stream()
        .filter(Judged::holdsTheMerge)
        .forEach(j -> names.addAll(j.finding().tables()));
    List<RelationName> all = List.copyOf(names);
    return switch (all.size()) {
      case 0 -> "";
      case 1 -> " on " + name(all.getFirst()) + rows(review, all.getFirst());
      case 2 -> " on " + name(all.get(0)) + " and " + name(all.get(1));
      default -> " on " + name(all.getFirst()) + " and " + (all.size() - 1) + " other tables";
    };
  }

  private static String rows(Review review, RelationName table) {
    return review.tables().stream()
        .filter(t -> t.table().in("public").equals(table.in("public")))
        .findFirst()
        .flatMap((Exposure t) -> t.size().rows())
        .map(r -> " (" + r + (r.value() == 1 ? " row)" : " rows)"))
        .orElse("");
  }

  private static String name(RelationName table) {
    return Visible.shortened(Visible.line(table.toString()), LONGEST_NAME);
  }

  private static String lowerFirst(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
