package dev.plimsoll.catalog.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.catalog.CatalogReading;
import dev.plimsoll.catalog.CatalogState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogStoreTest {

  private static final String SOURCE = "acme/shop main ../../etc/passwd";
  private static final Instant NIGHT = Instant.parse("2026-01-31T02:00:00Z");

  @TempDir
  private Path directory;

  private CatalogStore store;

  @BeforeEach
  void open() {
    store = new CatalogStore(directory.resolve("catalogs"));
  }

  @Test
  void hasNothingAtFirst() {
    assertThat(store.entry(SOURCE)).isEmpty();
    assertThat(store.state(SOURCE))
        .isEqualTo(new CatalogState.Missing("the catalog was not fetched yet"));
  }

  @Test
  void keepsACatalogThatWasPushed() throws IOException {
    assertThat(store.put(SOURCE, "push by eve", catalog("orders"), NIGHT))
        .isInstanceOf(CatalogReading.Ok.class);

    assertThat(new CatalogStore(directory.resolve("catalogs")).state(SOURCE))
        .isInstanceOfSatisfying(CatalogState.Present.class, present -> {
          assertThat(present.origin()).isEqualTo("push by eve");
          assertThat(present.catalog().tables()).hasSize(1);
          assertThat(present.warning()).isEmpty();
        });
    assertThat(store.entry(SOURCE).orElseThrow().fetchedAt()).isEqualTo(NIGHT);
  }

  @Test
  void keepsTheLastGoodOneWhenABrokenOneComes() throws IOException {
    store.put(SOURCE, "push", catalog("orders"), NIGHT);

    assertThat(
            store.put(SOURCE, "push", "{".getBytes(StandardCharsets.UTF_8), NIGHT.plusSeconds(60)))
        .isInstanceOf(CatalogReading.Bad.class);

    assertThat(store.state(SOURCE)).isInstanceOf(CatalogState.Present.class);
    assertThat(store.entry(SOURCE).orElseThrow().fetchedAt()).isEqualTo(NIGHT);
  }

  @Test
  void saysWithTheOldFactsThatNoNewerOnesCame() throws IOException {
    store.put(SOURCE, "push", catalog("orders"), NIGHT);
    store.failed(SOURCE, "the server answers 503");

    assertThat(store.state(SOURCE))
        .isInstanceOfSatisfying(
            CatalogState.Present.class,
            present -> assertThat(present.warning())
                .contains("the last attempt to fetch it failed: the server answers 503"));

    store.confirmed(SOURCE);
    assertThat(store.state(SOURCE))
        .isInstanceOfSatisfying(
            CatalogState.Present.class, present -> assertThat(present.warning()).isEmpty());
  }

  @Test
  void saysWhyThereIsNone() throws IOException {
    store.failed(SOURCE, "the server answers 404");

    assertThat(store.state(SOURCE))
        .isEqualTo(
            new CatalogState.Missing("the catalog could not be fetched: the server answers 404"));
  }

  @Test
  void leavesNoOldFilesAndNoneOutsideOfItsDirectory() throws IOException {
    for (int i = 0; i < 5; i++) {
      store.put(SOURCE, "push", catalog("orders"), NIGHT.plusSeconds(i));
      store.put(SOURCE, "push", "nonsense".getBytes(StandardCharsets.UTF_8), NIGHT.plusSeconds(i));
    }

    assertThat(files(directory))
        .hasSize(2)
        .allMatch(f -> f.getParent().equals(directory.resolve("catalogs")));
  }

  @Test
  void takesADamagedNoteForNone() throws IOException {
    store.put(SOURCE, "push", catalog("orders"), NIGHT);
    for (Path note : files(directory).stream()
        .filter(f -> f.toString().endsWith(".note.json"))
        .toList()) {
      Files.writeString(
          note, "{\"content\": \"../../../etc/passwd\", \"fetched_at\": \"2026-01-31T02:00:00Z\"}");
    }

    assertThat(store.entry(SOURCE)).isEmpty();
    assertThat(store.put(SOURCE, "push", catalog("orders"), NIGHT))
        .isInstanceOf(CatalogReading.Ok.class);
    assertThat(store.state(SOURCE)).isInstanceOf(CatalogState.Present.class);
  }

  @Test
  void isReadWholeWhileItIsReplaced() throws Exception {
    store.put(SOURCE, "push", catalog("t0"), NIGHT);
    Thread writer = Thread.ofVirtual()
        .start(() -> IntStream.range(1, 200).forEach(i -> {
          try {
            store.put(SOURCE, "push", catalog("t" + i), NIGHT.plusSeconds(i));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        }));
    while (writer.isAlive()) {
      assertThat(store.state(SOURCE)).isInstanceOf(CatalogState.Present.class);
    }
    writer.join();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  static byte[] catalog(String table) {
    return """
        {"plimsoll_catalog": 1, "taken_at": "2026-01-31T02:00:00Z", "server": {"engine": "postgresql", "version": "17.2"},
        "tables": [{"name": "%s", "rows": 5}]}
        """.formatted(table).getBytes(StandardCharsets.UTF_8);
  }
}
