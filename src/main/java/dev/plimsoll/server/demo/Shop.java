package dev.plimsoll.server.demo;

import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.User;
import dev.plimsoll.forge.memory.People;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sample repository and the people in it. */
final class Shop {

  static final String REPOSITORY = "acme/shop";

  static final User ANA = new User("1", "ana", false);
  static final User OMAR = new User("2", "omar", false);
  static final User KIM = new User("3", "kim", false);

  /**
   * @param role what the page says of them
   */
  record Member(User user, Access access, String role) {}

  static final List<Member> MEMBERS = List.of(
      new Member(ANA, Access.WRITE, "author, may push"),
      new Member(OMAR, Access.ADMIN, "DBA, administrator"),
      new Member(KIM, Access.READ, "passer-by, may read"));

  private static final Duration AGE_OF_CATALOG = Duration.ofHours(7);

  private Shop() {}

  static Optional<User> user(String login) {
    return MEMBERS.stream()
        .map(Member::user)
        .filter(u -> u.login().equals(login))
        .findFirst();
  }

  /** With a catalog of production that was taken last night. */
  static void open(People people, Instant now) {
    String taken = now.minus(AGE_OF_CATALOG).truncatedTo(ChronoUnit.SECONDS).toString();
    people.createRepository(
        REPOSITORY,
        Map.of(
            ".plimsoll.yml", Resources.text("shop/plimsoll.yml"),
            "plimsoll-catalog.json",
                Resources.text("shop/plimsoll-catalog.json").replace("TAKEN_AT", taken)),
        OMAR);
    MEMBERS.forEach(m -> people.grant(REPOSITORY, m.user(), m.access()));
    people.join("acme/dbas", OMAR);
  }
}
