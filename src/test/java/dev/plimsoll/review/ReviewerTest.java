package dev.plimsoll.review;

import static dev.plimsoll.testing.ReviewStory.shop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.review.config.ConfigReader;
import dev.plimsoll.rules.Prose;
import dev.plimsoll.testing.Facts;
import dev.plimsoll.testing.ReviewStory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewerTest {

  private static final String UP = "db/migration/V2__change.sql";
  private static final String INDEX = "CREATE INDEX orders_note_idx ON orders (note);";

  private final ReviewStory story = ReviewStory.in(shop());

  @Test
  void hasNothingToSayWithoutMigrations() {
    story.file("README.md", "# Shop\n");

    Review review = story.review();
    assertThat(review.hasNothingToReview()).isTrue();
    assertThat(review.verdict().isReady()).isTrue();
    assertThat(review.notices()).isEmpty();
  }

  @Test
  void saysTheSameOfTheSameInput() {
    story.file(UP, INDEX);

    assertThat(story.review()).isEqualTo(story.review());
  }

  @Test
  void holdsTheMergeUntilAFindingIsOverridden() {
    story.file(UP, INDEX);
    assertThat(story.review().verdict().findingsPass()).isFalse();

    story.overrides("index-blocks-writes", "ann", "Sunday");
    assertThat(story.review().verdict().findingsPass()).isTrue();
    assertThat(story.finding("index-blocks-writes").standing())
        .isInstanceOf(Standing.Overridden.class);
  }

  @Test
  void anOverrideSurvivesARebaseAndEndsWhenTheStatementChanges() {
    story.file(UP, INDEX).overrides("index-blocks-writes", "ann", "Sunday");

    story.file(UP, "-- a comment\n\n" + INDEX.replace(" ON ", "\n  ON "));
    assertThat(story.review().verdict().findingsPass()).isTrue();

    story.file(UP, INDEX.replace("(note)", "(total)"));
    assertThat(story.review().verdict().findingsPass()).isFalse();
    assertThat(notices())
        .contains("Override 1 of index-blocks-writes by ann has ended: the statement changed.");
  }

  @Test
  void anOverrideEndsWhenTheTableOutgrowsIt() {
    ReviewStory small = ReviewStory.in(
            shop().table("customers", Facts.rows(900_000), Facts.size("500 MB")))
        .file(UP, "CREATE INDEX customers_email_idx ON customers (email);");
    small.overrides("index-blocks-writes", "ann", "it is small");
    assertThat(small.review().verdict().findingsPass()).isTrue();

    small.catalog(
        "default",
        story.catalogOf(shop().table("customers", Facts.rows(90_000_000), Facts.size("60 GB"))));
    assertThat(small.review().verdict().findingsPass()).isFalse();
    assertThat(notices(small))
        .anyMatch(n -> n.contains("the table's size or what is known of it has changed"));
  }

  @Test
  void anIgnoreHidesAdviceAndOnlyAsksWhereTheMergeIsHeld() {
    story.file(UP, "-- plimsoll:ignore index-blocks-writes nobody shops on Sunday\n" + INDEX);
    Judged blocking = story.finding("index-blocks-writes");
    assertThat(blocking.holdsTheMerge()).isTrue();
    assertThat(blocking.standing())
        .isInstanceOfSatisfying(
            Standing.Open.class,
            open ->
                assertThat(open.wish().orElseThrow().reason()).isEqualTo("nobody shops on Sunday"));

    story.config("version: 1\nrules: {index-blocks-writes: advice}\n");
    assertThat(story.finding("index-blocks-writes").standing())
        .isInstanceOf(Standing.Ignored.class);
    assertThat(notices()).noneMatch(n -> n.contains("ignore"));
  }

  @Test
  void reportsAnIgnoreThatMatchesNothing() {
    story.file(UP, "-- plimsoll:ignore table-dropped it is empty\n" + INDEX);

    assertThat(notices())
        .contains("db/migration/V2__change.sql:1: the ignore of table-dropped matches no finding.");
  }

  @Test
  void holdsCodeWrittenByAiToAHigherBarWhereThatIsConfigured() {
    story
        .config("version: 1\nrules: {index-blocks-writes: advice}\nai: {severity: blocking}\n")
        .file(UP, INDEX);
    assertThat(story.review().verdict().findingsPass()).isTrue();

    story.writtenByAi();
    assertThat(story.review().verdict().findingsPass()).isFalse();
    assertThat(notices()).contains("Written by AI: here, advice holds the merge too.");
  }

  @Test
  void aBrokenConfigurationHoldsTheMergeAndTheReviewGoesOn() {
    story.config("version: 1\nrulez: {}\n").file(UP, INDEX);

    Review review = story.review();
    assertThat(review.verdict().isReady()).isFalse();
    assertThat(problems(review))
        .containsExactly(
            ".plimsoll.yml on the base branch, line 2, column 1: unknown key \"rulez\"; did you mean \"rules\"?");
    assertThat(review.findings()).isNotEmpty();
  }

  @Test
  void aChangeRequestMayMendTheConfiguration() {
    story.config("version: 1\nrulez: {}\n").file(ConfigReader.PATH, "version: 1\nrules: {}\n");

    assertThat(story.review().verdict().isReady()).isTrue();
    assertThat(notices())
        .containsExactly(
            "On the base branch .plimsoll.yml is in error"
                + " (line 2: unknown key \"rulez\"; did you mean \"rules\"?); this change request mends it.");
  }

  @Test
  void aMendedConfigurationDoesNotLetMigrationsThroughUnderIt() {
    story
        .config("version: 1\nrulez: {}\n")
        .file(ConfigReader.PATH, "version: 1\nrules: {index-blocks-writes: off}\n")
        .file(UP, "CREATE TABLE a (id bigint);");

    assertThat(story.review().verdict().isReady()).isFalse();
  }

  @Test
  void aChangeRequestThatBreaksTheConfigurationIsToldSo() {
    story.file(ConfigReader.PATH, "version: 1\nrulez: {}\n");

    assertThat(problems(story.review()))
        .containsExactly(
            ".plimsoll.yml in this change request, line 2, column 1: unknown key \"rulez\"; did you mean \"rules\"?");
  }

  @Test
  void aBrokenCatalogHoldsTheMergeWhereItIsNeeded() {
    story.catalog(
        "default", new CatalogState.Broken("plimsoll-catalog.json", List.of("line 3: not JSON")));
    assertThat(story.review().verdict().isReady()).isTrue();

    story.file(UP, INDEX);
    assertThat(problems(story.review()))
        .containsExactly("The catalog plimsoll-catalog.json cannot be used: line 3: not JSON.");
  }

  @Test
  void saysThatACatalogIsOld() {
    story.file(UP, INDEX).at(ReviewStory.NOW.plus(Duration.ofDays(30)));

    assertThat(notices())
        .contains(
            "The catalog plimsoll-catalog.json is 32 days old; it may be 7 days old at most. The sizes here are those of then.");
  }

  @Test
  void saysWhichVersionItAssumes() {
    ReviewStory blind = ReviewStory.withoutCatalog().file(UP, INDEX);

    assertThat(notices(blind))
        .contains("The server's version is not known; PostgreSQL 18 is assumed.");
  }

  @Test
  void saysWhenItCouldNotSeeEverything() {
    story.partial("the forge lists only 3,000 files");

    assertThat(problems(story.review()))
        .containsExactly(
            "Not all of the change request could be seen: the forge lists only 3,000 files");
  }

  @Test
  void givesEachMigrationToTheFirstDatabaseThatClaimsIt() {
    story
        .config("""
            version: 1
            databases:
              billing: {migrations: [billing]}
              shop: {migrations: ["**/migration/**"]}
            """)
        .catalog("shop", story.catalogOf(shop()))
        .file("billing/migration/V1__a.sql", INDEX)
        .file("shop/migration/V1__a.sql", INDEX)
        .file("elsewhere/V1__a.sql", INDEX);

    Review review = story.review();
    assertThat(review.migrations())
        .containsExactly("billing/migration/V1__a.sql", "shop/migration/V1__a.sql");
    assertThat(review.inputs().databases())
        .extracting(d -> d.name() + " " + d.catalog())
        .containsExactly(
            "billing none: no catalog is configured", "shop plimsoll-catalog.json, 2 days old");
    assertThat(notices())
        .contains("elsewhere/V1__a.sql looks like a migration, but no database's paths cover it.");
  }

  @Test
  void countsWhatItCouldNotAnalyse() {
    story.file(UP, INDEX + "\nDO $$ BEGIN PERFORM 1; END $$;\nALTER TABEL orders;");

    Review review = story.review();
    assertThat(review.coverage().statements()).isEqualTo(3);
    assertThat(review.coverage().opaque()).extracting(o -> o.place().line()).containsExactly(2, 3);
    assertThat(review.verdict().isReady()).isFalse();
  }

  @Test
  void aRemovedMigrationDoesNotRunAndIsMentioned() {
    story.file(SourceFile.of(UP, SourceFile.Change.REMOVED, INDEX));

    assertThat(story.review().findings()).isEmpty();
    assertThat(notices())
        .containsExactly(
            "db/migration/V2__change.sql does not run: Removed by this change request.");
  }

  private List<String> notices() {
    return notices(story);
  }

  private static List<String> notices(ReviewStory story) {
    return story.review().notices().stream().map(Prose::plain).toList();
  }

  private static List<String> problems(Review review) {
    return review.problems().stream().map(p -> p.message().plain()).toList();
  }
}
