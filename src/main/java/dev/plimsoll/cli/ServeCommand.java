package dev.plimsoll.cli;

import dev.plimsoll.server.Server;
import dev.plimsoll.server.ServerSettings;
import dev.plimsoll.server.Wiring;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** {@code plimsoll serve}: the bot. */
@Command(
    name = "serve",
    description = "Runs the bot: takes webhooks in, reviews change requests, answers commands.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Configured by environment variables; each has a twin with _FILE behind its name that holds the path of a file with the value.",
      "",
      "  PLIMSOLL_PORT                   8080",
      "  PLIMSOLL_PUBLIC_URL             where people reach this server",
      "  PLIMSOLL_DATABASE_URL           jdbc:sqlite:FILE or jdbc:postgresql://...; default: an SQLite file in PLIMSOLL_DATA_DIR",
      "  PLIMSOLL_DATA_DIR               ./data",
      "  PLIMSOLL_GITHUB_APP_ID, PLIMSOLL_GITHUB_PRIVATE_KEY, PLIMSOLL_GITHUB_WEBHOOK_SECRET",
      "  PLIMSOLL_GITHUB_API_URL         https://api.github.com; GitHub Enterprise Server: https://HOST/api/v3",
      "  PLIMSOLL_GITLAB_TOKEN, PLIMSOLL_GITLAB_WEBHOOK_SECRET",
      "  PLIMSOLL_GITLAB_URL             https://gitlab.com",
      "  PLIMSOLL_LOG, PLIMSOLL_LOG_LEVEL  JSON or TEXT; INFO, DEBUG, ...",
      "  PLIMSOLL_ADMIN_TOKEN            password of the pages; without it they are not shown",
      "  PLIMSOLL_CATALOG_TOKEN[_NAME]   bearer tokens that configurations may name for their catalogs",
      "  PLIMSOLL_ALLOW_PRIVATE_CATALOG_URLS  true: catalogs may come from private addresses",
      "",
      "Example:",
      "  PLIMSOLL_GITHUB_APP_ID=1234 PLIMSOLL_GITHUB_PRIVATE_KEY_FILE=app.pem PLIMSOLL_GITHUB_WEBHOOK_SECRET=... plimsoll serve"
    })
final class ServeCommand implements Callable<Integer> {

  @Override
  public Integer call() throws InterruptedException {
    logAsServer();
    ServerSettings settings;
    try {
      settings = ServerSettings.from(System.getenv());
    } catch (ServerSettings.Invalid e) {
      throw new UserError(e.getMessage());
    }
    Server server = Wiring.of(settings);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      server.close();
      stopped.countDown();
    }));
    server.start();
    stopped.await();
    return 0;
  }

  /** Before the first logger is made: JSON lines at INFO, unless the environment says otherwise. */
  private static void logAsServer() {
    setUnlessGiven("PLIMSOLL_LOG", "JSON");
    setUnlessGiven("PLIMSOLL_LOG_LEVEL", "INFO");
  }

  private static void setUnlessGiven(String name, String value) {
    if (System.getenv(name) == null) {
      System.setProperty(name, value);
    }
  }
}
