package dev.plimsoll.cli;

import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.report.Dialect;
import dev.plimsoll.report.JsonReport;
import dev.plimsoll.report.Links;
import dev.plimsoll.report.MarkdownReport;
import dev.plimsoll.report.TextReport;
import dev.plimsoll.review.Review;
import dev.plimsoll.sql.SourceText;
import java.util.List;
import java.util.Optional;

/** How a review is written. */
enum ReviewFormat {
  TEXT {
    @Override
    String render(Review review, List<SourceFile> files, boolean colours) {
      return new TextReport(width(), colours).of(review);
    }
  },
  JSON {
    @Override
    String render(Review review, List<SourceFile> files, boolean colours) {
      return JsonReport.of(review);
    }
  },
  MARKDOWN {
    @Override
    String render(Review review, List<SourceFile> files, boolean colours) {
      MarkdownReport report = new MarkdownReport(Links.DOCUMENTATION, Dialect.GITHUB);
      StringBuilder text = new StringBuilder(report.summary(review)).append('\n');
      review
          .findings()
          .forEach(judged -> text.append("\n---\n\n")
              .append(report
                  .thread(judged, source(files, judged.finding().place().file()))
                  .bodyElsewhere())
              .append('\n'));
      return text.toString();
    }
  };

  abstract String render(Review review, List<SourceFile> files, boolean colours);

  private static Optional<SourceText> source(List<SourceFile> files, String path) {
    return files.stream()
        .filter(f -> f.path().equals(path))
        .findFirst()
        .flatMap(f -> f.text().map(t -> new SourceText(path, t)));
  }

  private static int width() {
    try {
      return Math.clamp(Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "100")), 60, 140);
    } catch (NumberFormatException e) {
      return 100;
    }
  }
}
