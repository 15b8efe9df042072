package dev.plimsoll.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server for tests: one for each major version, started when first asked for, shared by all tests of the
 * process and stopped at its end. It listens on 127.0.0.1 only. What could disturb measurements (autovacuum, parallel
 * workers, just-in-time compilation) is off, and so is everything that is there for crashes.
 */
public final class PostgresServer {
  private static final Map<Integer, PostgresServer> SERVERS = new ConcurrentHashMap<>();
  private static final Duration TIME_TO_START = Duration.ofSeconds(30);

  private static final Map<String, String> SETTINGS = Map.ofEntries(
      Map.entry("listen_addresses", "127.0.0.1"),
      Map.entry("max_connections", "60"),
      Map.entry("shared_buffers", "64MB"),
      Map.entry("fsync", "off"),
      Map.entry("synchronous_commit", "off"),
      Map.entry("full_page_writes", "off"),
      Map.entry("autovacuum", "off"),
      Map.entry("jit", "off"),
      Map.entry("max_parallel_workers", "0"),
      Map.entry("max_parallel_workers_per_gather", "0"),
      Map.entry("max_parallel_maintenance_workers", "0"),
      Map.entry("timezone", "UTC"),
      Map.entry("lc_messages", "C"));

  /**
   * Becomes the server (the arguments from the second on). It is stopped, and its directory (the first argument) removed,
   * when standard input ends; which it also does when the process that started it is killed.
   */
  private static final String UNTIL_END_OF_INPUT = """
      directory=$1; shift
      exec 3<&0
      (
        cat <&3 > /dev/null
        while kill -INT $$ 2> /dev/null; do sleep 0.1; done
        rm -rf "$directory"
      ) &
      exec "$@" 3<&- < /dev/null
      """;

  private final int major;
  private final int port;
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresServer(int major, int port) {
    this.major = major;
    this.port = port;
  }

  /** The server of this major version. Fails if the build has not fetched it; see {@link #isAvailable}. */
  public static PostgresServer of(int major) {
    return SERVERS.computeIfAbsent(major, PostgresServer::start);
  }

  /** Whether the build has fetched this version: all of them only with the profile {@code all-postgres}. */
  public static boolean isAvailable(int major) {
    return PostgresInstallation.isAvailable(major);
  }

  public int major() {
    return major;
  }

  /** A new, empty database; closing it drops it. */
  public PostgresDatabase freshDatabase() {
    String name = "test_" + databases.incrementAndGet();
    asAdministrator("CREATE DATABASE " + name + " TEMPLATE template0");
    return new PostgresDatabase(this, name);
  }

  void drop(String database) {
    asAdministrator("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
        + database + "'");
    asAdministrator("DROP DATABASE IF EXISTS " + database);
  }

  String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
  }

  private void asAdministrator(String sql) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + " failed on PostgreSQL " + major, e);
    }
  }

  private static PostgresServer start(int major) {
    try {
      PostgresInstallation installation = PostgresInstallation.of(major);
      for (int attempt = 1; ; attempt++) {
        Path directory = ServerUser.newDirectory("run");
        PostgresServer server = new PostgresServer(major, freePort());
        Process process = server.launch(installation, directory);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
        if (server.answers(process)) {
          return server;
        }
        // Another process may have taken the port between the search for a free one and the start.
        String log = Files.readString(directory.resolve("log"));
        stop(process);
        if (attempt == 3) {
          throw new IllegalStateException("PostgreSQL " + major + " does not start: " + log);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL " + major + " does not start", e);
    }
  }

  private Process launch(PostgresInstallation installation, Path directory) throws IOException {
    Path data = directory.resolve("data");
    ServerUser.run(
        InputStream.nullInputStream(),
        "cp",
        "-R",
        installation.dataTemplate().toString(),
        data.toString());
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", UNTIL_END_OF_INPUT, "sh", directory.toString()));
    command.addAll(List.of(
        installation.program("postgres").toString(), "-D", data.toString(), "-p", "" + port));
    command.addAll(List.of("-c", "unix_socket_directories=" + directory));
    SETTINGS.forEach((setting, value) -> command.addAll(List.of("-c", setting + "=" + value)));
    return ServerUser.command(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile())
        .start();
  }

  private boolean answers(Process process) {
    Instant giveUp = Instant.now().plus(TIME_TO_START);
    while (process.isAlive() && Instant.now().isBefore(giveUp)) {
      try (Connection connection = DriverManager.getConnection(jdbcUrl("postgres"))) {
        return connection.getMetaData().getDatabaseMajorVersion() == major;
      } catch (SQLException notYet) {
        pause();
      }
    }
    return false;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a PostgreSQL server was starting", e);
    }
  }

  private static void stop(Process process) {
    try {
      process.getOutputStream().close();
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      process.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
