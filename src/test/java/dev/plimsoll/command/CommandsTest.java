package dev.plimsoll.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.checklist.ChecklistItem;
import dev.plimsoll.command.Effect.AnswerItem;
import dev.plimsoll.command.Effect.OverrideFinding;
import dev.plimsoll.command.Effect.Rerun;
import dev.plimsoll.command.Effect.RevokeDecision;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.report.Links;
import dev.plimsoll.review.Decisions;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.ReviewInput;
import dev.plimsoll.review.Reviewer;
import dev.plimsoll.review.Reviewers;
import dev.plimsoll.review.config.ConfigReading;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.testing.CatalogFixture;
import dev.plimsoll.testing.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandsTest {

  private static final Reviewer REVIEWER = Reviewers.standard();
  private static final User DORA = new User("13", "dora", false);
  private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
  private static final ChangeRequestId HERE = new ChangeRequestId(ForgeKind.MEMORY, "acme/shop", 1);
  private static final String RULE = "required-column-without-default";
  private static final Review TWO_OF_A_KIND = review(
      "ALTER TABLE orders ADD COLUMN a text NOT NULL;\nALTER TABLE orders ADD COLUMN b text NOT NULL;\n");

  private List<Decision> decisions = List.of();

  @Test
  void everyCommandIsInTheHelpWithItsExampleAndWhoMayUseIt() {
    String help = run("help", TWO_OF_A_KIND).reply();

    assertThat(Commands.standard().all()).hasSize(8).allSatisfy(command -> {
      assertThat(help)
          .contains("`/plimsoll " + command.usage() + "`")
          .contains("/plimsoll " + command.example());
      assertThat(command.usage()).startsWith(command.name());
      assertThat(command.example()).startsWith(command.name());
    });
  }

  @Test
  void everyExampleInTheHelpIsACommand() {
    assertThat(Commands.standard().all())
        .allSatisfy(command -> assertThat(
                CommandParser.parse("/plimsoll " + command.example()).commands())
            .singleElement()
            .satisfies(line -> assertThat(Commands.standard().find(line))
                .isEqualTo(new Commands.Found.One(command))));
  }

  @Test
  void overridingARuleTakesInAllItsFindings() {
    CommandResult result = run("override " + RULE + " maintenance on Sunday", TWO_OF_A_KIND);

    assertThat(result.done()).isTrue();
    assertThat(result.effects())
        .containsExactlyElementsOf(findings(TWO_OF_A_KIND).stream()
            .map(f -> (Effect)
                new OverrideFinding(RULE, f.fingerprint(), f.bands(), "maintenance on Sunday"))
            .toList())
        .hasSize(2);
  }

  @Test
  void overridingAFingerprintTakesInThatFinding() {
    Finding second = findings(TWO_OF_A_KIND).get(1);
    CommandResult result = run(
        "override " + second.fingerprint().value().substring(0, 8).toUpperCase() + " it is fine",
        TWO_OF_A_KIND);

    assertThat(result.effects())
        .containsExactly(
            new OverrideFinding(RULE, second.fingerprint(), second.bands(), "it is fine"));
  }

  @Test
  void anOverrideNeedsAReasonAndSomethingToOverride() {
    assertThat(run("override " + RULE, TWO_OF_A_KIND).reply()).contains("needs a reason");
    assertThat(run("override " + RULE + " ...", TWO_OF_A_KIND).reply()).contains("needs a reason");
    assertThat(run("override", TWO_OF_A_KIND).reply()).contains("Which finding?");
    assertThat(run("override required-colum-without-default because", TWO_OF_A_KIND)
            .reply())
        .contains("Did you mean `" + RULE + "`?");
    assertThat(run("override table-dropped because", TWO_OF_A_KIND).effects()).isEmpty();
    assertThat(run("override abcd because", TWO_OF_A_KIND).effects()).isEmpty();
    assertThat(run("override " + RULE + " because", review("SELECT 1;\n")).reply())
        .contains("no open finding");
  }

  @Test
  void anAnswerIsGivenForTheDeployment() {
    CommandResult result = run("answer Window Sunday 02:00 UTC", TWO_OF_A_KIND);

    assertThat(result.effects())
        .containsExactly(
            new AnswerItem(ChecklistItem.WINDOW, "Sunday 02:00 UTC", TWO_OF_A_KIND.fingerprint()));
    assertThat(run("answer windo Sunday", TWO_OF_A_KIND).reply())
        .contains("Did you mean `window`?");
    assertThat(run("answer window", TWO_OF_A_KIND).reply()).contains("needs a text");
    assertThat(run("answer", TWO_OF_A_KIND).reply()).contains("`rollback`");
  }

  @Test
  void whatDoesNotHoldCannotBeRevoked() {
    decisions = List.of(new Decision(
        3,
        HERE,
        DORA,
        NOW,
        new Decision.Source("900", 1, 1),
        new AnswerItem(ChecklistItem.WINDOW, "Sunday", TWO_OF_A_KIND.fingerprint())));

    assertThat(run("revoke 3", TWO_OF_A_KIND).effects()).containsExactly(new RevokeDecision(3));
    assertThat(run("revoke #3", TWO_OF_A_KIND).effects()).containsExactly(new RevokeDecision(3));
    assertThat(run("revoke 4", TWO_OF_A_KIND).reply()).contains("Those that hold are 3.");
    assertThat(run("revoke -3", TWO_OF_A_KIND).done()).isFalse();
    assertThat(run("revoke 99999999999999999999999", TWO_OF_A_KIND).done()).isFalse();
  }

  @Test
  void statusTellsWhatIsOpenAndWhatWasDecided() {
    decisions = List.of(new Decision(
        3,
        HERE,
        DORA,
        NOW,
        new Decision.Source("900", 1, 1),
        new AnswerItem(ChecklistItem.WINDOW, "`@everyone` <img>", TWO_OF_A_KIND.fingerprint())));
    String reply = run("status", TWO_OF_A_KIND).reply();

    assertThat(reply)
        .contains("**Not ready**: 2 blocking findings")
        .contains(findings(TWO_OF_A_KIND).getFirst().fingerprint().value())
        .contains("**3**: `dora` answered `window`: `` `@everyone` <img> ``");
  }

  @Test
  void explainTellsWhyAndWhere() {
    assertThat(run("explain " + RULE, TWO_OF_A_KIND).reply()).contains("/docs/rules/" + RULE);
    assertThat(run("explain index-blocks-write", TWO_OF_A_KIND).reply())
        .contains("Did you mean `index-blocks-writes`?");
    assertThat(run("explain", TWO_OF_A_KIND).reply())
        .contains("Which rule?")
        .contains("`table-dropped`");
  }

  @Test
  void thePlanHoldsTheSafeStatements() {
    assertThat(run("plan", TWO_OF_A_KIND).reply()).contains("**1.**").contains("```sql");
    assertThat(run("plan", review("SELECT 1;\n")).reply()).contains("no open finding");
  }

  @Test
  void aPlanForThousandsOfStatementsStillFitsIntoAComment() {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      sql.append("ALTER TABLE orders ADD COLUMN a").append(i).append(" text NOT NULL;\n");
    }
    Review large = review(sql.toString());

    assertThat(run("plan", large).reply())
        .hasSizeLessThan(65_000)
        .contains("No sequence is written here for")
        .contains("more");
    assertThat(run("status", large).reply()).hasSizeLessThan(65_000);
    assertThat(run("override " + RULE + " all of them", large).reply()).hasSizeLessThan(65_000);
  }

  @Test
  void rerunAsksForAReview() {
    assertThat(run("rerun", TWO_OF_A_KIND).effects()).containsExactly(new Rerun());
  }

  @Test
  void aHostileWordIsShownAndNotObeyed() {
    String reply =
        ((Commands.Found.None) Commands.standard().find(line("<img src=x> @org/all"))).reply();

    assertThat(reply).contains("`<img`");
    assertThat(Commands.standard().find(line("answer window " + "x".repeat(3_000))))
        .isInstanceOf(Commands.Found.None.class);
  }

  @Test
  void aRefusalSaysWhoMay() {
    Command override = ((Commands.Found.One) Commands.standard().find(line("override"))).command();

    assertThat(Commands.refusal(override, List.of("acme/dbas")))
        .contains("administrator")
        .contains("`acme/dbas`");
    assertThat(Commands.refusal(override, List.of())).contains("`overrides`");
  }

  private CommandResult run(String text, Review review) {
    Command command = ((Commands.Found.One) Commands.standard().find(line(text))).command();
    return command.run(new Invocation(
        line(text),
        DORA,
        () -> review,
        decisions,
        Commands.standard(),
        RuleBook.of(new Links("https://plimsoll.example/docs"))));
  }

  private static CommandLine line(String text) {
    return CommandParser.parse("/plimsoll " + text).commands().getFirst();
  }

  private static List<Finding> findings(Review review) {
    return review.findings().stream()
        .map(Review.Judged::finding)
        .filter(f -> f.rule().equals(RULE))
        .toList();
  }

  private static Review review(String sql) {
    CatalogState catalog = new CatalogState.Present(
        CatalogFixture.catalog()
            .table(
                "orders",
                Facts.rows(200_000_000),
                Facts.size("84 GB"),
                Facts.columns("id bigint PRIMARY KEY"))
            .build(),
        "catalog",
        Optional.empty());
    return REVIEWER.review(new ReviewInput(
        List.of(SourceFile.added("db/migration/V2__x.sql", sql)),
        List.of(),
        new ConfigReading.Absent(),
        Map.of("default", catalog),
        Decisions.NONE,
        false,
        NOW));
  }
}
