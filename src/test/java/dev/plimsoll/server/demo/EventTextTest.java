package dev.plimsoll.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plimsoll.forge.Action.CommentRef;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTextTest {

  private static final ChangeRequestId ID = new ChangeRequestId(ForgeKind.MEMORY, "acme/shop", 7);

  static Stream<ForgeEvent> events() {
    return Stream.of(
        new ForgeEvent.ReviewWanted(ID, Optional.of("c0ffee"), "pushed"),
        new ForgeEvent.ReviewWanted(ID, Optional.empty(), "opened"),
        new ForgeEvent.Commented(
            ID,
            Shop.ANA,
            new CommentRef("9", false, Optional.empty()),
            "/plimsoll help\n\"zwölf\""),
        new ForgeEvent.Commented(ID, Shop.KIM, new CommentRef("10", true, Optional.of("4")), "hm"),
        new ForgeEvent.ButtonPressed(ID, Shop.OMAR, "rerun"),
        new ForgeEvent.Closed(ID));
  }

  @ParameterizedTest
  @MethodSource("events")
  void whatIsSentIsWhatArrives(ForgeEvent event) {
    EventText.Webhook webhook = EventText.write(event).orElseThrow();
    assertThat(EventText.read(webhook.event(), "1", webhook.body())).isEqualTo(event);
  }

  @Test
  void mergeGroupsAreNotTold() {
    MergeGroup group = new MergeGroup(ForgeKind.MEMORY, "acme/shop", "c0ffee", "decade", "main");
    assertThat(EventText.write(new ForgeEvent.ReviewWanted(group, Optional.empty(), "queued")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"repository\": null, \"number\": 1}",
        "{\"repository\": \"acme/shop\"}"
      })
  void whatCannotBeReadIsRefused(String body) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventText.read("closed", "1", body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void anUnknownEventIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventText.read("party", "1", new byte[0]));
  }
}
