package dev.plimsoll.server.demo;

import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import dev.plimsoll.forge.memory.Conversation;
import dev.plimsoll.forge.memory.MemoryForge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pull requests and what visitors do on them, within bounds, since everything is kept in memory. */
final class Playground {

  static final int LONGEST_COMMENT = 4_000;
  static final int MOST_COMMENTS = 100;
  static final int MOST_PUSHES = 40;
  static final int MOST_RESTARTS = 100;

  private final MemoryForge forge;
  private final Map<String, Stand> stands = new LinkedHashMap<>();
  private int restarts;

  /** Where a scenario stands. */
  private static final class Stand {
    final Scenario scenario;
    ChangeRequestId id;
    boolean corrected;
    int comments;
    int pushes;

    Stand(Scenario scenario, ChangeRequestId id) {
      this.scenario = scenario;
      this.id = id;
    }
  }

  /**
   * A scenario as it is now.
   *
   * @param corrected the corrected migrations were pushed last
   */
  record Now(Scenario scenario, ChangeRequestId id, boolean corrected, Conversation conversation) {}

  Playground(MemoryForge forge, List<Scenario> scenarios) {
    this.forge = forge;
    scenarios.forEach(s -> stands.put(s.slug(), new Stand(s, opened(s))));
  }

  private ChangeRequestId opened(Scenario scenario) {
    return forge
        .people()
        .open(
            Shop.REPOSITORY,
            scenario.title(),
            Optional.of(scenario.branch()),
            scenario.opened(),
            scenario.message(),
            Shop.ANA);
  }

  synchronized List<Now> all() {
    return stands.values().stream().map(this::now).toList();
  }

  synchronized Now of(String slug) {
    return now(stand(slug));
  }

  private Now now(Stand stand) {
    return new Now(stand.scenario, stand.id, stand.corrected, forge.conversation(stand.id));
  }

  /**
   * @param threadId absent: in the conversation
   */
  synchronized void comment(String slug, String login, String body, Optional<String> threadId) {
    Stand stand = stand(slug);
    User by = user(login);
    if (body.isBlank() || body.length() > LONGEST_COMMENT) {
      throw new Refused(400, "A comment has 1 to " + LONGEST_COMMENT + " characters.");
    }
    if (stand.comments >= MOST_COMMENTS) {
      throw new Refused(
          429, "This pull request has its " + MOST_COMMENTS + " comments. Start it over to go on.");
    }
    stand.comments++;
    try {
      threadId.ifPresentOrElse(
          thread -> forge.people().reply(stand.id, thread, by, body),
          () -> forge.people().comment(stand.id, by, body));
    } catch (ForgeException e) {
      throw new Refused(404, "There is no such thread here any more.");
    }
  }

  /** Pushes the corrected migrations, or, when they stand there, the first ones again. */
  synchronized void push(String slug) {
    Stand stand = stand(slug);
    if (stand.scenario.corrected().isEmpty()) {
      throw new Refused(404, "There is nothing to correct here.");
    }
    if (stand.pushes >= MOST_PUSHES) {
      throw new Refused(
          429, "This pull request has its " + MOST_PUSHES + " pushes. Start it over to go on.");
    }
    stand.pushes++;
    Map<String, String> from =
        stand.corrected ? stand.scenario.corrected() : stand.scenario.opened();
    Map<String, String> to = stand.corrected ? stand.scenario.opened() : stand.scenario.corrected();
    Map<String, Optional<String>> changes = new TreeMap<>();
    from.keySet().forEach(path -> changes.put(path, Optional.empty()));
    to.forEach((path, text) -> changes.put(path, Optional.of(text)));
    String message = stand.corrected ? "Go back to the first version" : "Do it without downtime";
    stand.corrected = !stand.corrected;
    forge.people().push(stand.id, changes, message, Shop.ANA);
  }

  synchronized void press(String slug, String login, String button) {
    Stand stand = stand(slug);
    User by = user(login);
    if (stand.comments >= MOST_COMMENTS) {
      throw new Refused(429, "This pull request was busy enough. Start it over to go on.");
    }
    stand.comments++;
    try {
      forge.people().press(stand.id, by, button);
    } catch (ForgeException e) {
      throw new Refused(404, "There is no such button here any more.");
    }
  }

  /** Closes the pull request and opens it anew: with a number of its own, so that nothing of before counts. */
  synchronized void restart(String slug) {
    Stand stand = stand(slug);
    if (restarts >= MOST_RESTARTS) {
      throw new Refused(
          429, "This was started over often enough. End the demo and begin it again.");
    }
    restarts++;
    forge.people().close(stand.id, Shop.ANA);
    stands.put(slug, new Stand(stand.scenario, opened(stand.scenario)));
  }

  private Stand stand(String slug) {
    return Optional.ofNullable(stands.get(slug))
        .orElseThrow(() -> new Refused(404, "There is no such pull request."));
  }

  private static User user(String login) {
    return Shop.user(login).orElseThrow(() -> new Refused(400, "Choose who you are."));
  }
}
