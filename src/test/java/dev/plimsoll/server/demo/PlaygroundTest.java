package dev.plimsoll.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.memory.MemoryForge;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlaygroundTest {

  private final MemoryForge forge = new MemoryForge(Clock.systemUTC());
  private final List<ForgeEvent> events = new ArrayList<>();
  private Playground playground;

  @BeforeEach
  void open() {
    forge.onEvent(events::add);
    Shop.open(forge.people(), Clock.systemUTC().instant());
    playground = new Playground(forge, Scenarios.all());
  }

  @Test
  void opensFivePullRequestsAndTellsOfThem() {
    assertThat(playground.all()).hasSize(5);
    assertThat(events)
        .hasSize(5)
        .allSatisfy(e -> assertThat(e).isInstanceOf(ForgeEvent.ReviewWanted.class));
  }

  @Test
  void pushesTheCorrectedFilesInPlaceOfTheFirstOnes() {
    playground.push("foreign-key");
    assertThat(forge.changes(playground.of("foreign-key").id()))
        .extracting(c -> c.path())
        .containsExactly(
            "db/migrations/20260113141000_payments_belong_to_orders.sql",
            "db/migrations/20260113141001_check_payments_belong_to_orders.sql");
    playground.push("foreign-key");
    assertThat(forge.changes(playground.of("foreign-key").id()))
        .extracting(c -> c.path())
        .containsExactly("db/migrations/20260113141000_payments_belong_to_orders.sql");
  }

  @Test
  void startingOverGivesANewNumberAndTheFirstFiles() {
    playground.push("index");
    long before = playground.of("index").id().number();
    playground.restart("index");
    assertThat(playground.of("index").id().number()).isNotEqualTo(before);
    assertThat(playground.of("index").corrected()).isFalse();
    assertThat(forge.patch(
            playground.of("index").id(),
            "db/migrations/20260113080200_index_orders_by_customer.sql"))
        .contains("+CREATE INDEX orders_customer_id_idx");
  }

  @Test
  void commentsPushesAndRestartsHaveAnEnd() {
    for (int i = 0; i < Playground.MOST_COMMENTS; i++) {
      playground.comment("index", "kim", "hello " + i, Optional.empty());
    }
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> playground.comment("index", "kim", "one more", Optional.empty()))
        .satisfies(e -> assertThat(e.status()).isEqualTo(429));
    for (int i = 0; i < Playground.MOST_PUSHES; i++) {
      playground.push("index");
    }
    assertThatExceptionOfType(Refused.class).isThrownBy(() -> playground.push("index"));
    for (int i = 0; i < Playground.MOST_RESTARTS; i++) {
      playground.restart("index");
    }
    assertThatExceptionOfType(Refused.class).isThrownBy(() -> playground.restart("index"));
  }

  @Test
  void everyRemarkIsByAMemberAndShortEnough() {
    assertThat(Scenarios.all().stream().flatMap(s -> s.remarks().stream())).allSatisfy(remark -> {
      assertThat(Shop.user(remark.login())).isPresent();
      assertThat(remark.text())
          .startsWith("/plimsoll ")
          .hasSizeLessThan(Playground.LONGEST_COMMENT);
    });
  }
}
