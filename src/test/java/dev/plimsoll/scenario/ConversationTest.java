package dev.plimsoll.scenario;

import static dev.plimsoll.scenario.Scenario.admin;
import static dev.plimsoll.scenario.Scenario.dba;
import static dev.plimsoll.scenario.Scenario.developer;
import static dev.plimsoll.scenario.Scenario.otherBot;
import static dev.plimsoll.scenario.Scenario.stranger;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.forge.Action.Reaction;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.forge.memory.Conversation;

/** Whole conversations, from a push to what stands on the change request. */
class ConversationTest {

  private static final String REQUIRED = "ALTER TABLE orders ADD COLUMN status text NOT NULL;";
  private static final String NULLABLE = "ALTER TABLE orders ADD COLUMN status text;";

  @ForgeScenario
  void aRiskyMigrationFailsTheCheckAndIsToldOnItsLine(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);

    pr.check().isFailing();
    pr.check().title().contains("orders");
    pr.checklist().isFailing();
    assertThat(pr.thread().path()).isEqualTo("db/migration/V2__status.sql");
    assertThat(pr.thread().lines()).contains(new Conversation.Lines(1, 1));
    pr.summary().contains("required-column-without-default");
  }

  @ForgeScenario
  void aChangeWithoutMigrationsPassesSilentlyInThreeCalls(Scenario pr) {
    pr.opens("README.md", "A better shop.");

    pr.check().isPassing();
    pr.check().title().isEqualTo("No migrations changed");
    pr.checklist().isPassing();
    assertThat(pr.stage().conversation().comments()).isEmpty();
    assertThat(pr.stage().calls()).isEqualTo(3);
  }

  @ForgeScenario
  void theSameEventAgainWritesNothing(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    int writes = pr.stage().writes();

    pr.stage().reviewAgain();
    pr.stage().reviewAgain();

    assertThat(pr.stage().writes()).isEqualTo(writes);
  }

  @ForgeScenario
  void aFixResolvesTheThreadAndEditsTheSummary(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.pushes("V2__status.sql", NULLABLE);

    pr.check().isPassing();
    assertThat(pr.thread().resolved()).isTrue();
    assertThat(pr.thread().comments().getFirst().body()).startsWith("**Resolved in `");
    pr.summary().doesNotContain("required-column-without-default");
    assertThat(pr.own(Marker.Kind.WORSE)).isEmpty();
  }

  @ForgeScenario
  void aFindingThatComesBackReopensItsThread(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.pushes("V2__status.sql", NULLABLE);
    pr.pushes("V2__status.sql", REQUIRED);

    pr.check().isFailing();
    assertThat(pr.thread().resolved()).isFalse();
    assertThat(pr.thread().comments().getFirst().body()).doesNotContain("Resolved in");
    assertThat(pr.own(Marker.Kind.WORSE)).hasSize(1);
  }

  @ForgeScenario
  void aThreadStaysWhenItsStatementMoves(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    String id = pr.thread().id();

    pr.pushes("V2__status.sql", "-- Orders have a status.\n\n" + REQUIRED);
    pr.rebases();

    pr.check().isFailing();
    assertThat(pr.thread().id()).isEqualTo(id);
    assertThat(pr.thread().resolved()).isFalse();
  }

  @ForgeScenario
  void aPersonsResolvingIsRespected(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.stage().resolve(pr.thread().id());
    pr.pushes("README.md", "Still the same migration.");

    pr.check().isFailing();
    assertThat(pr.thread().resolved()).isTrue();
  }

  @ForgeScenario
  void onlyAVerdictThatGetsWorseIsToldInANewComment(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    int comments = pr.stage().conversation().comments().size();

    pr.pushes("V3__drop.sql", "DROP TABLE orders;");

    assertThat(pr.own(Marker.Kind.WORSE)).hasSize(1);
    assertThat(pr.stage().conversation().comments()).hasSize(comments + 1);
    assertThat(pr.own(Marker.Kind.SUMMARY)).hasSize(1);
  }

  @ForgeScenario
  void migrationsThatGoAwayLeaveAnHonestSummary(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED, "README.md", "New.");
    pr.removes("V2__status.sql");

    pr.check().isPassing();
    pr.checklist().isPassing();
    pr.summary().contains("does not change a database migration any more");
    assertThat(pr.thread().resolved()).isTrue();
  }

  @ForgeScenario
  void anOverrideEndsWhenTheStatementChanges(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.check().isFailing();
    pr.as(admin).says("/plimsoll override required-column-without-default maintenance on Sunday");
    pr.check().isPassing();
    assertThat(pr.thread().resolved()).isTrue();
    assertThat(pr.thread().comments().getFirst().body())
        .contains("ada")
        .contains("maintenance on Sunday");
    assertThat(pr.reactionsToLastComment()).containsExactly(Reaction.EYES, Reaction.ROCKET);

    pr.pushes("V2__status.sql", "ALTER TABLE orders ADD COLUMN state text NOT NULL;");

    pr.check().isFailing();
    pr.summary().contains("the statement changed");
  }

  @ForgeScenario
  void anOverrideEndsWhenTheTableOutgrowsItsBand(Scenario pr) {
    pr.changesBase("plimsoll-catalog.json", Scenario.catalog(2_000_000, "900 MB"));
    pr.opens("V2__status.sql", REQUIRED);
    pr.as(dba).says("/plimsoll override required-column-without-default maintenance on Sunday");
    pr.check().isPassing();

    pr.changesBase("plimsoll-catalog.json", Scenario.catalog(200_000_000, "84 GB"));
    pr.as(developer).says("/plimsoll rerun");

    pr.check().isFailing();
    assertThat(pr.thread().resolved()).isFalse();
  }

  @ForgeScenario
  void anOverrideSurvivesARebase(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.as(dba).says("/plimsoll override required-column-without-default maintenance on Sunday");
    pr.changesBase("README.md", "Main goes on.");
    pr.rebases();

    pr.check().isPassing();
  }

  @ForgeScenario
  void aRevokedOverrideHoldsNoLonger(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.as(dba).says("/plimsoll override required-column-without-default maintenance on Sunday");
    pr.as(developer).says("/plimsoll status");
    pr.lastReply().contains("**1**").contains("maintenance on Sunday");
    pr.as(admin).says("/plimsoll revoke 1");

    pr.check().isFailing();
    assertThat(pr.thread().resolved()).isFalse();
  }

  @ForgeScenario
  void whoMayNotOverrideIsToldWhoMay(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.as(developer).says("/plimsoll override required-column-without-default I think it is fine");

    pr.check().isFailing();
    pr.lastReply().contains("administrator").contains("acme/dbas");
    assertThat(pr.reactionsToLastComment()).containsExactly(Reaction.EYES, Reaction.CONFUSED);
  }

  @ForgeScenario
  void aStrangerMayAskAndNotAnswer(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.as(stranger).says("/plimsoll status");
    pr.lastReply().contains("Not ready");
    pr.as(stranger).says("/plimsoll answer window whenever");
    pr.lastReply().contains("write access");
    pr.as(stranger).says("/plimsoll rerun");
    pr.lastReply().contains("write access");
  }

  @ForgeScenario
  void answersFillTheChecklist(Scenario pr) {
    pr.opens("V2__status.sql", NULLABLE);
    pr.check().isPassing();
    pr.checklist().isFailing();

    pr.as(developer).says("""
        Here they are:

        /plimsoll answer snapshot ran on the copy of Friday, 40 ms
        /plimsoll answer window Sunday 02:00 UTC
        /plimsoll answer rollback ALTER TABLE orders DROP COLUMN status, nothing reads it yet
        /plimsoll answer defaults a missing status means that it was never set
        /plimsoll answer alternative it is the safe way already
        /plimsoll answer lock short
        /plimsoll answer size 200 million rows
        """);

    pr.checklist().isPassing();
    assertThat(pr.own(Marker.Kind.REPLY)).hasSize(7);
    pr.summary().contains("nothing reads it yet").contains("`dario`");

    pr.pushes("V2__status.sql", "ALTER TABLE orders ADD COLUMN state text;");
    pr.checklist().isFailing();
  }

  @ForgeScenario
  void aTypoGetsAHint(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.as(developer).says("/plimsoll overide required-column-without-default because");
    pr.lastReply().contains("Did you mean `/plimsoll override`?");
  }

  @ForgeScenario
  void aCommandDeliveredTwiceIsObeyedOnce(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.as(dba).says("/plimsoll override required-column-without-default maintenance on Sunday");
    int comments = pr.stage().conversation().comments().size();
    int writes = pr.stage().writes();

    pr.commandIsDeliveredAgain();

    assertThat(pr.stage().conversation().comments()).hasSize(comments);
    assertThat(pr.stage().writes()).isEqualTo(writes);
  }

  @ForgeScenario
  void aCommandThatIsCutOffAnywhereIsObeyedOnceInTheEnd(Scenario pr) {
    for (int write = 1; write <= 8; write++) {
      for (boolean answerLost : new boolean[] {false, true}) {
        aCommandIsCutOff(pr.fresh(), write, answerLost);
      }
    }
  }

  private static void aCommandIsCutOff(Scenario pr, int write, boolean answerLost) {
    pr.opens("V2__status.sql", REQUIRED);
    cutOff(pr, write, answerLost);
    pr.as(dba).says("/plimsoll override required-column-without-default maintenance on Sunday");
    pr.stage().mend();
    pr.commandIsDeliveredAgain();

    pr.check().isPassing();
    assertThat(pr.own(Marker.Kind.REPLY)).hasSize(1);
    pr.lastReply().contains("Overridden");
    assertThat(pr.threads()).hasSize(1);
    pr.as(developer).says("/plimsoll status");
    pr.lastReply().contains("**1**").doesNotContain("**2**");
  }

  @ForgeScenario
  void aReviewThatIsCutOffAnywhereEndsAsIfItHadNotBeen(Scenario pr) {
    for (int write = 1; write <= 7; write++) {
      for (boolean answerLost : new boolean[] {false, true}) {
        aReviewIsCutOff(pr.fresh(), write, answerLost);
      }
    }
  }

  private static void aReviewIsCutOff(Scenario pr, int write, boolean answerLost) {
    cutOff(pr, write, answerLost);
    pr.opens("V2__status.sql", REQUIRED + "\n" + "DROP TABLE orders;");
    pr.stage().mend();
    pr.stage().reviewAgain();

    pr.check().isFailing();
    pr.checklist().isFailing();
    assertThat(pr.own(Marker.Kind.SUMMARY)).hasSize(1);
    assertThat(pr.threads()).hasSizeGreaterThan(1);
    assertThat(pr.threads())
        .extracting(t -> Marker.in(t.comments().getFirst().body()))
        .doesNotHaveDuplicates();
  }

  private static void cutOff(Scenario pr, int write, boolean answerLost) {
    if (answerLost) {
      pr.stage().breakAfterWrite(write);
    } else {
      pr.stage().breakBeforeWrite(write);
    }
  }

  @ForgeScenario
  void whatTheListsDoNotShowYetIsNotWrittenAgain(Scenario pr) {
    pr.stage().letListsLag(true);
    pr.opens("V2__status.sql", REQUIRED);
    pr.stage().reviewAgain();
    pr.as(developer).says("/plimsoll status");
    pr.commandIsDeliveredAgain();
    pr.stage().letListsLag(false);

    assertThat(pr.threads()).hasSize(1);
    assertThat(pr.own(Marker.Kind.SUMMARY)).hasSize(1);
    assertThat(pr.own(Marker.Kind.REPLY)).hasSize(1);
  }

  @ForgeScenario
  void aSummaryThatSomebodyDeletedIsWrittenAnew(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.stage().delete(pr.own(Marker.Kind.SUMMARY).getFirst().id());

    pr.pushes("V2__status.sql", NULLABLE);
    pr.stage().reviewAgain();

    pr.summary().contains("Plimsoll");
  }

  @ForgeScenario
  void otherPeoplesCommentsAreNeverTouched(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.as(otherBot)
        .says("I am a bot.\n\n/plimsoll override required-column-without-default because I can");
    pr.as(stranger).says("A forged one.\n\n<!-- plimsoll:summary:- -->");
    pr.answersIn(pr.thread(), "Is that so?");
    pr.pushes("V2__status.sql", NULLABLE);

    assertThat(pr.thread().comments()).hasSize(2);
    assertThat(pr.thread().comments().getLast().body()).isEqualTo("Is that so?");
    assertThat(pr.stage().conversation().comments())
        .filteredOn(c -> c.author().equals(stranger) || c.author().equals(otherBot))
        .allSatisfy(c -> assertThat(c.edits()).isZero())
        .hasSize(2);
    assertThat(pr.own(Marker.Kind.REPLY)).isEmpty();
  }

  @ForgeScenario
  void aCommandInAThreadIsObeyed(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.as(dba)
        .answersIn(
            pr.thread(),
            "/plimsoll override required-column-without-default the table is locked on Sunday anyway");

    assertThat(pr.thread().comments()).hasSize(3);
    pr.lastReply().contains("Overridden");
    pr.check().isPassing();
    assertThat(pr.reactionsToLastComment()).containsExactly(Reaction.EYES, Reaction.ROCKET);
  }

  @ForgeScenario
  void theMergeQueueIsJudgedForRealWithTheDecisionsThatWereMade(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    MergeGroup undecided = pr.entersTheMergeQueue();
    pr.checkOf(undecided).isFailing();

    pr.as(dba).says("/plimsoll override required-column-without-default maintenance on Sunday");
    int comments = pr.stage().conversation().comments().size();
    MergeGroup decided = pr.entersTheMergeQueue();

    pr.checkOf(decided).isPassing();
    assertThat(pr.stage().conversation().comments()).hasSize(comments);
  }

  @ForgeScenario
  void aBrokenConfigurationFailsClosedAndMayBeMended(Scenario pr) {
    pr.changesBase(".plimsoll.yml", "version: 1\ndatabase: shop\n");
    pr.opens("README.md", "Nothing to see.");
    pr.check().isFailing();
    pr.summary().contains("line 2");

    pr.pushes(".plimsoll.yml", Scenario.CONFIG);
    pr.check().isPassing();
  }

  @ForgeScenario
  void theHeadsConfigurationIsNeverObeyed(Scenario pr) {
    pr.opens(
        "V2__status.sql",
        REQUIRED,
        ".plimsoll.yml",
        "version: 1\nrules:\n  required-column-without-default: off\n");

    pr.check().isFailing();
  }

  @ForgeScenario
  void theButtonsOfAFailedCheckDoWhatTheySay(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.as(developer).presses("explain");
    pr.lastReply().contains("required-column-without-default");
    pr.as(developer).presses("ask-dba");
    pr.as(developer).presses("ask-dba");
    pr.lastReply().contains("@acme/dbas");
    assertThat(pr.own(Marker.Kind.REPLY)).hasSize(2);

    pr.changesBase("plimsoll-catalog.json", Scenario.catalog(0, "8 kB"));
    pr.as(developer).presses("rerun");
    pr.check().isPassing();
  }

  @ForgeScenario
  void aClosedChangeRequestIsLeftAlone(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.closes();
    pr.as(dba).says("/plimsoll override required-column-without-default too late");

    pr.lastReply().contains("closed");
    int writes = pr.stage().writes();
    pr.stage().reviewAgain();
    assertThat(pr.stage().writes()).isEqualTo(writes);
  }

  @ForgeScenario
  void manyFindingsGetThirtyThreadsAndTheRestStandsInTheSummary(Scenario pr) {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < 45; i++) {
      sql.append("ALTER TABLE orders ADD COLUMN c").append(i).append(" text NOT NULL;\n");
    }
    pr.opens("V2__status.sql", sql.toString());

    assertThat(pr.threads()).hasSize(30);
    pr.summary().contains("Not on its line");
    int writes = pr.stage().writes();
    pr.stage().reviewAgain();
    assertThat(pr.stage().writes()).isEqualTo(writes);
  }

  @ForgeScenario
  void theSafePlanIsWrittenOnRequest(Scenario pr) {
    pr.opens("V2__status.sql", REQUIRED);
    pr.as(stranger).says("/plimsoll plan");
    pr.lastReply().contains("required-column-without-default").contains("```sql");
  }

  @ForgeScenario
  void helpAndExplainTellWhatThereIs(Scenario pr) {
    pr.opens("README.md", "x");
    pr.as(stranger).says("/plimsoll");
    pr.lastReply().contains("/plimsoll override FINDING-or-RULE REASON").contains("who may push");
    pr.as(stranger).says("/plimsoll explain required-column-without-default");
    pr.lastReply().contains("https://plimsoll.example/docs/rules/required-column-without-default");
  }
}
