package dev.plimsoll.server.demo;

import dev.plimsoll.forge.memory.MemoryForge;
import dev.plimsoll.server.ForgeSide;
import dev.plimsoll.server.Server;
import dev.plimsoll.server.ServerSettings;
import dev.plimsoll.server.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The demo: the real server on a forge in memory, and that forge's page. Both listen on this machine only. The server hears of pull requests
 * and comments by webhook and knows nothing of the page.
 */
public final class Demo implements AutoCloseable {

  private final Server server;
  private final Sender sender;
  private final DemoSite site;

  private Demo(Server server, Sender sender, DemoSite site) {
    this.server = server;
    this.sender = sender;
    this.site = site;
  }

  /**
   * @param port of the page; 0: any that is free
   * @param data where the server keeps its state, in a directory of its own: what it knew of another run's pull requests would not fit
   * @throws IOException when {@code data} cannot be written to or the port is taken; its message says so
   */
  public static Demo start(int port, Path data) throws IOException {
    Path state = directoryIn(data);
    Clock clock = Clock.systemUTC();
    MemoryForge forge = new MemoryForge(clock);
    String secret = secret();
    Server server = Wiring.local(
        settings(state),
        new ForgeSide(forge, EventText::read, (repository, head) -> List.of()),
        new DemoDoor(secret));
    server.start();
    Sender sender = new Sender(
        URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
            + server.port() + "/webhooks/memory"),
        secret);
    try {
      forge.onEvent(sender::send);
      Shop.open(forge.people(), clock.instant());
      DemoSite site =
          new DemoSite(new PageViews(forge), new Playground(forge, Scenarios.all()), secret());
      site.start(port);
      return new Demo(server, sender, site);
    } catch (IOException | RuntimeException e) {
      sender.close();
      server.close();
      throw e;
    }
  }

  private static Path directoryIn(Path data) throws IOException {
    try {
      return Files.createTempDirectory(Files.createDirectories(data), "demo-");
    } catch (IOException e) {
      throw new IOException("nothing can be written to " + data, e);
    }
  }

  private static ServerSettings settings(Path state) {
    return new ServerSettings(
        0,
        Optional.empty(),
        "jdbc:sqlite:" + state.resolve("plimsoll.db"),
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static String secret() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The page's address. */
  public URI url() {
    return site.url();
  }

  @Override
  public void close() {
    site.close();
    sender.close();
    server.close();
  }
}
