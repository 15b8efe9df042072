package dev.plimsoll.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.plimsoll.catalog.CatalogState;
import dev.plimsoll.command.MemoryDecisionStore;
import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.CheckReport.State;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.Forge;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReportRenderer;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import dev.plimsoll.forge.memory.Conversation;
import dev.plimsoll.forge.memory.MemoryForge;
import dev.plimsoll.forge.memory.MemoryLedger;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.migration.SourceFile.Change;
import dev.plimsoll.report.Links;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.ReviewInput;
import dev.plimsoll.review.Reviewer;
import dev.plimsoll.review.Reviewers;
import dev.plimsoll.server.ReviewWorkflow.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReviewWorkflowTest {

  private static final User ANNA = new User("10", "anna", false);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T12:00:00Z"));
  private static final Reviewer REVIEWER = Reviewers.standard();

  private final MemoryForge memory = new MemoryForge(CLOCK);
  private Forge forge = memory;
  private Reviewing reviewing = this::remember;
  private CatalogProvider catalogs = CatalogProvider.NONE;
  private Optional<ReviewInput> input = Optional.empty();

  @BeforeEach
  void aRepository() {
    memory
        .people()
        .createRepository(
            "acme/shop",
            Map.of("README.md", "A shop.\n", "db/migration/V1__old.sql", "SELECT 1;\n"),
            ANNA);
  }

  private Review remember(ReviewInput given) {
    input = Optional.of(given);
    return REVIEWER.review(given);
  }

  @Test
  void aBugInTheReviewFailsTheChecksAndNamesTheIncident() {
    reviewing = given -> {
      throw new IllegalStateException("a bug");
    };
    ChangeRequestId id = opened(Map.of("db/migration/V2__x.sql", "SELECT 2;\n"));
    Outcome outcome = workflow().review(id, false);

    assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
      Conversation.CheckRun check = memory.conversation(id).check("plimsoll").orElseThrow();
      assertThat(check.report().state()).isEqualTo(State.FAILURE);
      assertThat(check.report().summary()).contains(failed.incident());
    });
    assertThat(memory
            .conversation(id)
            .check("plimsoll/checklist")
            .orElseThrow()
            .report()
            .state())
        .isEqualTo(State.FAILURE);
    assertThat(memory.conversation(id).comments()).isEmpty();
  }

  @Test
  void aStackThatOverflowsIsABugToo() {
    reviewing = given -> {
      throw new StackOverflowError();
    };
    ChangeRequestId id = opened(Map.of("db/migration/V2__x.sql", "SELECT 2;\n"));

    assertThat(workflow().review(id, false)).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void afterABugIsMendedTheReviewGoesThrough() {
    ChangeRequestId id = opened(Map.of("db/migration/V2__x.sql", "SELECT 2;\n"));
    reviewing = given -> {
      throw new IllegalStateException("a bug");
    };
    workflow().review(id, false);
    reviewing = this::remember;

    assertThat(workflow().review(id, true)).isInstanceOf(Outcome.Reviewed.class);
    assertThat(memory.conversation(id).check("plimsoll").orElseThrow().report().state())
        .isEqualTo(State.SUCCESS);
  }

  @Test
  void anIncompleteListOfFilesDoesNotPass() {
    forge = new Altered(memory) {
      @Override
      ChangeRequest alter(ChangeRequest r) {
        return new ChangeRequest(
            r.target(),
            r.title(),
            r.url(),
            r.author(),
            r.headSha(),
            r.baseSha(),
            r.mergeBaseSha(),
            r.baseBranch(),
            r.open(),
            r.draft(),
            r.commitMessages(),
            r.changes(),
            Optional.of("it lists 3,000 of 5,000 files"),
            r.forgeState());
      }
    };
    ChangeRequestId id = opened(Map.of("README.md", "Only text, as far as one can see.\n"));
    workflow().review(id, false);

    Conversation.CheckRun check = memory.conversation(id).check("plimsoll").orElseThrow();
    assertThat(check.report().state()).isEqualTo(State.FAILURE);
    assertThat(check.report().summary()).contains("3,000 of 5,000 files");
  }

  @Test
  void aFileThatCannotBeReadIsSaidToBeUnread() {
    forge = new Altered(memory) {
      @Override
      public Map<String, FileContent> filesAtHead(ChangeRequest request, Collection<String> paths) {
        Map<String, FileContent> contents = new HashMap<>(super.filesAtHead(request, paths));
        contents.put(
            "db/migration/V2__x.sql", new FileContent.Unreadable("it is larger than 1 MB"));
        return contents;
      }
    };
    ChangeRequestId id = opened(Map.of("db/migration/V2__x.sql", "SELECT 2;\n"));
    workflow().review(id, false);

    assertThat(input.orElseThrow().files())
        .contains(SourceFile.unreadable(
            "db/migration/V2__x.sql", Change.ADDED, "it is larger than 1 MB"));
    assertThat(memory.conversation(id).check("plimsoll").orElseThrow().report().summary())
        .contains("larger than 1 MB");
  }

  @Test
  void aRenamedMigrationIsOneThatGoesAndOneThatComes() {
    ChangeRequestId id = opened(Map.of("db/migration/V3__old.sql", "SELECT 1;\n"));
    memory.people().push(id, Map.of("db/migration/V1__old.sql", Optional.empty()), "Rename", ANNA);
    workflow().review(id, false);

    assertThat(input.orElseThrow().files())
        .contains(
            SourceFile.of("db/migration/V3__old.sql", Change.ADDED, "SELECT 1;\n"),
            SourceFile.of("db/migration/V1__old.sql", Change.REMOVED, "SELECT 1;\n"));
  }

  @Test
  void aCompanionIsLoadedWhereItExists() {
    memory
        .people()
        .commit(
            "acme/shop",
            "main",
            Map.of("db/migration/U2__x.sql", Optional.of("SELECT 3;\n")),
            "An undo",
            ANNA);
    ChangeRequestId id = opened(Map.of("db/migration/V2__x.sql", "SELECT 2;\n"));
    workflow().review(id, false);

    assertThat(input.orElseThrow().files())
        .extracting(SourceFile::path, SourceFile::change)
        .contains(tuple("db/migration/U2__x.sql", Change.UNCHANGED))
        .hasSize(2);
  }

  @Test
  void anImportOfThousandsOfFilesIsBoundedAndSaysSo() {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      files.put("db/migration/V" + (1_000 + i) + "__x.sql", "SELECT 1;\n");
    }
    ChangeRequestId id = opened(files);
    workflow().review(id, false);

    assertThat(input.orElseThrow().files())
        .filteredOn(f -> f.text().isPresent())
        .hasSize(300);
    assertThat(input.orElseThrow().files())
        .filteredOn(f -> f.unreadable().isPresent())
        .hasSize(100);
    assertThat(memory.conversation(id).check("plimsoll").orElseThrow().report().summary())
        .contains("Not analysed");
  }

  @Test
  void catalogsThatStandInNoRepositoryComeFromTheProvider() {
    catalogs = (kind, repository, database) -> new CatalogState.Missing(
        "asked for " + kind.id() + " " + repository + " " + database.name());
    ChangeRequestId id = opened(Map.of("db/migration/V2__x.sql", "SELECT 2;\n"));
    workflow().review(id, false);

    assertThat(input.orElseThrow().catalogs())
        .containsExactly(
            Map.entry("default", new CatalogState.Missing("asked for memory acme/shop default")));
  }

  @Test
  void aCatalogThatTheConfigurationNamesAndNobodyWroteIsBroken() {
    memory
        .people()
        .commit(
            "acme/shop",
            "main",
            Map.of(
                ".plimsoll.yml",
                Optional.of("version: 1\ndatabases:\n  shop:\n    catalog: sizes.json\n")),
            "Configure",
            ANNA);
    ChangeRequestId id = opened(Map.of("db/migration/V2__x.sql", "SELECT 2;\n"));
    workflow().review(id, false);

    assertThat(memory.conversation(id).check("plimsoll").orElseThrow().report().state())
        .isEqualTo(State.FAILURE);
    assertThat(memory.conversation(id).check("plimsoll").orElseThrow().report().summary())
        .contains("sizes.json");
  }

  @Test
  void whatCannotBeReviewedIsGivenUpWithTheReason() {
    ChangeRequestId id = opened(Map.of("db/migration/V2__x.sql", "SELECT 2;\n"));
    workflow().giveUp(id, "The forge did not answer for a day.");

    Conversation.CheckRun check = memory.conversation(id).check("plimsoll").orElseThrow();
    assertThat(check.report().state()).isEqualTo(State.FAILURE);
    assertThat(check.report().summary()).contains("for a day");
  }

  @Test
  void aFailingForgeIsTheQueuesBusiness() {
    ChangeRequestId id = opened(Map.of("db/migration/V2__x.sql", "SELECT 2;\n"));
    memory.beforeWrite(action -> {
      throw new ForgeException(ForgeException.Kind.RETRY_LATER, "slow down");
    });

    assertThatThrownBy(() -> workflow().review(id, false)).isInstanceOf(ForgeException.class);
  }

  private ChangeRequestId opened(Map<String, String> files) {
    return memory.people().open("acme/shop", "Title", files, ANNA);
  }

  private ReviewWorkflow workflow() {
    return new ReviewWorkflow(
        kind -> forge,
        reviewing,
        kind -> new ReportRenderer(new Links("https://plimsoll.example/docs"), kind),
        Reviewers.configReader(),
        catalogs,
        new MemoryDecisionStore(),
        new MemoryLedger(),
        CLOCK);
  }

  /** The forge in memory, of which a test changes one answer. */
  private abstract static class Altered implements Forge {
    private final Forge real;

    Altered(Forge real) {
      this.real = real;
    }

    ChangeRequest alter(ChangeRequest request) {
      return request;
    }

    @Override
    public ForgeKind kind() {
      return real.kind();
    }

    @Override
    public Loaded load(ReviewTarget target, Set<String> basePaths) {
      Loaded loaded = real.load(target, basePaths);
      return new Loaded(alter(loaded.changeRequest()), loaded.baseFiles(), loaded.posted());
    }

    @Override
    public Map<String, FileContent> filesAtHead(ChangeRequest request, Collection<String> paths) {
      return real.filesAtHead(request, paths);
    }

    @Override
    public Map<String, FileContent> filesAtBase(ChangeRequest request, Collection<String> paths) {
      return real.filesAtBase(request, paths);
    }

    @Override
    public Map<String, DiffLines> diff(ChangeRequest request, Collection<String> paths) {
      return real.diff(request, paths);
    }

    @Override
    public Access access(ReviewTarget target, User user) {
      return real.access(target, user);
    }

    @Override
    public boolean isMember(ReviewTarget target, User user, String team) {
      return real.isMember(target, user, team);
    }

    @Override
    public Applied apply(ChangeRequest request, Action action) {
      return real.apply(request, action);
    }
  }
}
