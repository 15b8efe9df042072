package dev.plimsoll.testing;

import static dev.plimsoll.testing.Facts.columns;
import static dev.plimsoll.testing.Facts.idle;
import static dev.plimsoll.testing.Facts.readsPerSecond;
import static dev.plimsoll.testing.Facts.rows;
import static dev.plimsoll.testing.Facts.size;
import static dev.plimsoll.testing.Facts.writesPerSecond;

import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.checklist.Answer;
import dev.plimsoll.checklist.Checklist;
import dev.plimsoll.checklist.ChecklistItem;
import dev.plimsoll.checklist.ItemState;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.migration.format.MigrationFormats;
import dev.plimsoll.review.Decisions;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.ReviewInput;
import dev.plimsoll.review.Reviewer;
import dev.plimsoll.review.config.ConfigReader;
import dev.plimsoll.review.config.ConfigReading;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Rules;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.postgres.PostgresReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A change request with all that a review depends on, and the review of it. Each change gives the review anew. */
public final class ReviewStory {

  /** Two days after the catalog was taken. */
  public static final Instant NOW = Instant.parse("2026-01-03T00:00:00Z");

  private static final PostgresReader READER = new PostgresReader();
  private static final ConfigReader CONFIGS = new ConfigReader(
      Rules.all().stream().map(r -> r.info().id()).collect(Collectors.toSet()),
      MigrationFormats.all().formats().stream().map(f -> f.id()).collect(Collectors.toSet()));
  private static final Reviewer REVIEWER = new Reviewer(engine -> READER, Rules::check, CONFIGS);

  private final Map<String, SourceFile> files = new LinkedHashMap<>();
  private final Map<String, CatalogState> catalogs = new HashMap<>();
  private final List<dev.plimsoll.review.Override> overrides = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<String> partial = new ArrayList<>();
  private ConfigReading config = new ConfigReading.Absent();
  private boolean ai;
  private Instant now = NOW;

  private ReviewStory() {}

  /** With the facts of a production that is described. */
  public static ReviewStory in(CatalogFixture catalog) {
    return new ReviewStory().catalog("default", present(catalog));
  }

  private static CatalogState present(CatalogFixture catalog) {
    return new CatalogState.Present(catalog.build(), "plimsoll-catalog.json", Optional.empty());
  }

  public CatalogState catalogOf(CatalogFixture catalog) {
    return present(catalog);
  }

  public static ReviewStory withoutCatalog() {
    return new ReviewStory();
  }

  /** A shop: 200 million orders, 2 million customers, a few countries that nobody asks for. */
  public static CatalogFixture shop() {
    return CatalogFixture.catalog()
        .table(
            "orders",
            rows(200_000_000),
            size("84 GB"),
            readsPerSecond(3_400),
            writesPerSecond(1_200),
            columns(
                "id bigint PRIMARY KEY",
                "customer_id bigint NOT NULL",
                "note text",
                "total integer NOT NULL"))
        .table(
            "customers",
            rows(2_000_000),
            size("900 MB"),
            readsPerSecond(900),
            writesPerSecond(25),
            columns("id bigint PRIMARY KEY", "email text NOT NULL"))
        .table(
            "countries",
            rows(249),
            size("48 kB"),
            idle(),
            columns("code text PRIMARY KEY", "name text"))
        .sql("CREATE INDEX orders_customer_idx ON orders (customer_id)");
  }

  public ReviewStory catalog(String database, CatalogState state) {
    catalogs.put(database, state);
    return this;
  }

  public ReviewStory file(String path, String text) {
    files.put(path, SourceFile.added(path, text));
    return this;
  }

  public ReviewStory file(SourceFile file) {
    files.put(file.path(), file);
    return this;
  }

  public ReviewStory config(String yaml) {
    config = CONFIGS.read(yaml);
    return this;
  }

  public ReviewStory partial(String reason) {
    partial.add(reason);
    return this;
  }

  public ReviewStory writtenByAi() {
    ai = true;
    return this;
  }

  public ReviewStory at(Instant instant) {
    now = instant;
    return this;
  }

  /** Somebody overrides the first finding of the rule, as it is now. */
  public ReviewStory overrides(String rule, String person, String reason) {
    Finding finding = finding(rule).finding();
    overrides.add(new dev.plimsoll.review.Override(
        overrides.size() + 1, rule, finding.fingerprint(), finding.bands(), person, reason, now));
    return this;
  }

  /** Somebody answers an item for what is reviewed now. */
  public ReviewStory answers(ChecklistItem item, String person, String text) {
    answers.add(new Answer(item, text, person, now, review().fingerprint()));
    return this;
  }

  public Review review() {
    return REVIEWER.review(new ReviewInput(
        List.copyOf(files.values()),
        partial,
        config,
        catalogs,
        new Decisions(overrides, answers),
        ai,
        now));
  }

  public Judged finding(String rule) {
    List<Judged> all = review().findings();
    return all.stream()
        .filter(j -> j.finding().rule().equals(rule))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no finding of " + rule + " among "
            + all.stream().map(j -> j.finding().rule()).toList()));
  }

  public Optional<SourceText> source(String path) {
    return Optional.ofNullable(files.get(path))
        .flatMap(SourceFile::text)
        .map(t -> new SourceText(path, t));
  }

  public ItemState item(ChecklistItem item) {
    return review().checklist().entries().stream()
        .filter(e -> e.item() == item)
        .map(Checklist.Entry::state)
        .findFirst()
        .orElseThrow();
  }

  /** {@code open: ...}, {@code answered: ...}, {@code n/a: ...}. */
  public String says(ChecklistItem item) {
    return switch (item(item)) {
      case ItemState.Open open -> "open: " + open.question().plain().strip();
      case ItemState.Answered answered ->
        "answered" + answered.person().map(p -> " by " + p).orElse("") + ": "
            + answered.evidence().plain().strip();
      case ItemState.NotApplicable not -> "n/a: " + not.reason().plain().strip();
    };
  }

  public static ConfigReader configReader() {
    return CONFIGS;
  }
}
