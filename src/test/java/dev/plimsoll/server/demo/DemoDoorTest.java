package dev.plimsoll.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.server.Webhooks.Door.Named;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoDoorTest {

  private final DemoDoor door = new DemoDoor("s3cret");

  private Optional<Named> opened(Map<String, String> headers) {
    return door.open(name -> Optional.ofNullable(headers.get(name)), new byte[0]);
  }

  @Test
  void opensToTheSecret() {
    assertThat(opened(
            Map.of(DemoDoor.SECRET, "s3cret", DemoDoor.EVENT, "push", DemoDoor.DELIVERY, "1")))
        .contains(new Named("push", "1"));
  }

  @Test
  void staysShutToEverybodyElse() {
    assertThat(opened(
            Map.of(DemoDoor.SECRET, "guess", DemoDoor.EVENT, "push", DemoDoor.DELIVERY, "1")))
        .isEmpty();
    assertThat(opened(Map.of(DemoDoor.EVENT, "push", DemoDoor.DELIVERY, "1"))).isEmpty();
    assertThat(opened(Map.of(DemoDoor.SECRET, "s3cret", DemoDoor.EVENT, "push")))
        .isEmpty();
  }
}
