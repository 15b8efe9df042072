package dev.plimsoll.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.catalog.file.CatalogFile;
import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.Action.Reaction;
import dev.plimsoll.forge.CheckReport.State;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.forge.User;
import dev.plimsoll.forge.memory.Conversation;
import dev.plimsoll.testing.CatalogFixture;
import dev.plimsoll.testing.Facts;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;

/**
 * What happens on a change request of a shop's repository, and what one sees there. Its production has 200 million orders and nine countries;
 * {@code acme/dbas} may override. Migrations stand in {@code db/migration}.
 */
public final class Scenario {

  static final User author = new User("10", "anna", false);
  static final User developer = new User("11", "dario", false);
  static final User admin = new User("12", "ada", false);
  static final User dba = new User("13", "dora", false);
  static final User stranger = new User("14", "mallory", false);
  static final User otherBot = new User("15", "other[bot]", true);

  static final String CONFIG = """
      version: 1
      databases:
        shop:
          engine: postgresql
          catalog: plimsoll-catalog.json
      overrides:
        teams: [acme/dbas]
      """;

  private final String name;
  private final Supplier<Stage> stages;
  private final Stage stage;
  private User speaker = author;
  private String lastComment = "";

  private Scenario(String name, Supplier<Stage> stages) {
    this.name = name;
    this.stages = stages;
    this.stage = stages.get();
    stage.repository(Map.of(
        "README.md",
        "A shop.\n",
        ".plimsoll.yml",
        CONFIG,
        "plimsoll-catalog.json",
        catalog(200_000_000, "84 GB"),
        "db/migration/V1__start.sql",
        "CREATE TABLE orders (id bigint PRIMARY KEY);\n"));
    stage.grant(author, Access.WRITE);
    stage.grant(developer, Access.WRITE);
    stage.grant(admin, Access.ADMIN);
    stage.grant(dba, Access.WRITE);
    stage.join("acme/dbas", dba);
  }

  static Stream<Scenario> onEveryForge() {
    return Stream.of(new Scenario("memory", MemoryStage::new));
  }

  /** Another change request on a forge of the same kind, on which nothing has happened yet. */
  Scenario fresh() {
    return new Scenario(name, stages);
  }

  static String catalog(long orders, String size) {
    return new String(
        CatalogFile.write(CatalogFixture.catalog()
            .table(
                "orders",
                Facts.rows(orders),
                Facts.size(size),
                Facts.readsPerSecond(3_400),
                Facts.writesPerSecond(1_200),
                Facts.columns("id bigint PRIMARY KEY", "note text"))
            .table(
                "countries",
                Facts.rows(9),
                Facts.size("8 kB"),
                Facts.idle(),
                Facts.columns("id bigint PRIMARY KEY"))
            .build()),
        StandardCharsets.UTF_8);
  }

  private static Map<String, String> placed(String... pathsAndTexts) {
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      String path = pathsAndTexts[i];
      files.put(
          path.matches("[VRU][0-9_]+.*\\.sql") ? "db/migration/" + path : path,
          ended(pathsAndTexts[i + 1]));
    }
    return files;
  }

  private static String ended(String text) {
    return text.endsWith("\n") ? text : text + "\n";
  }

  void opens(String... pathsAndTexts) {
    stage.open(placed(pathsAndTexts), "Change the schema", author);
  }

  void opensWithMessage(String message, String... pathsAndTexts) {
    stage.open(placed(pathsAndTexts), message, author);
  }

  void pushes(String... pathsAndTexts) {
    Map<String, Optional<String>> changes = new LinkedHashMap<>();
    placed(pathsAndTexts).forEach((path, text) -> changes.put(path, Optional.of(text)));
    stage.push(changes, "Change it again", author);
  }

  void removes(String path) {
    Map<String, Optional<String>> changes = new LinkedHashMap<>();
    placed(path, "").keySet().forEach(p -> changes.put(p, Optional.empty()));
    stage.push(changes, "Remove it", author);
  }

  void rebases() {
    stage.rebase(author);
  }

  void changesBase(String path, String text) {
    stage.commitToBase(Map.of(path, Optional.of(ended(text))));
  }

  Scenario as(User user) {
    speaker = user;
    return this;
  }

  void says(String body) {
    lastComment = stage.say(speaker, body);
    speaker = author;
  }

  void answersIn(Conversation.Thread thread, String body) {
    lastComment = stage.reply(thread.id(), speaker, body);
    speaker = author;
  }

  void presses(String button) {
    stage.press(speaker, button);
    speaker = author;
  }

  MergeGroup entersTheMergeQueue() {
    return stage.enqueue(author);
  }

  void closes() {
    stage.close(author);
  }

  void commandIsDeliveredAgain() {
    stage.deliverAgain(lastComment);
  }

  Stage stage() {
    return stage;
  }

  CheckView check() {
    return new CheckView(stage.conversation().check("plimsoll"));
  }

  CheckView checklist() {
    return new CheckView(stage.conversation().check("plimsoll/checklist"));
  }

  CheckView checkOf(MergeGroup group) {
    return new CheckView(Optional.ofNullable(stage.checksOf(group).get("plimsoll")));
  }

  List<Conversation.Thread> threads() {
    return stage.conversation().threads();
  }

  Conversation.Thread thread() {
    assertThat(threads()).as("threads").hasSize(1);
    return threads().getFirst();
  }

  AbstractStringAssert<?> summary() {
    List<Conversation.Comment> summaries = own(Marker.Kind.SUMMARY);
    assertThat(summaries).as("summaries").hasSize(1);
    return assertThat(summaries.getFirst().body());
  }

  /** Plimsoll's own, in the conversation and in threads. */
  List<Conversation.Comment> own(Marker.Kind kind) {
    Conversation conversation = stage.conversation();
    return Stream.concat(
            conversation.comments().stream(),
            conversation.threads().stream().flatMap(t -> t.comments().stream()))
        .sorted(Comparator.comparing(c -> Long.parseLong(c.id())))
        .filter(c -> Marker.in(c.body()).filter(m -> m.kind() == kind).isPresent())
        .toList();
  }

  AbstractStringAssert<?> lastReply() {
    List<Conversation.Comment> replies = own(Marker.Kind.REPLY);
    assertThat(replies).as("replies").isNotEmpty();
    return assertThat(replies.getLast().body());
  }

  List<Reaction> reactionsToLastComment() {
    Conversation conversation = stage.conversation();
    return Stream.concat(
            conversation.comments().stream(),
            conversation.threads().stream().flatMap(t -> t.comments().stream()))
        .filter(c -> c.id().equals(lastComment))
        .flatMap(c -> c.reactions().keySet().stream())
        .sorted()
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }

  /** What one sees of a check. */
  record CheckView(Optional<Conversation.CheckRun> run) {

    void isPassing() {
      assertThat(state()).as(describe()).contains(State.SUCCESS);
    }

    void isFailing() {
      assertThat(state()).as(describe()).contains(State.FAILURE);
    }

    AbstractStringAssert<?> title() {
      return assertThat(run.orElseThrow().report().title());
    }

    AbstractStringAssert<?> text() {
      return assertThat(run.orElseThrow().report().summary());
    }

    private Optional<State> state() {
      return run.map(r -> r.report().state());
    }

    private String describe() {
      return run.map(r -> r.report().name() + ": " + r.report().title()).orElse("no check");
    }
  }
}
