package dev.plimsoll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceholderTest {

  @Test
  void testsRunOnJdk25OrLater() {
    assertThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
  }
}
