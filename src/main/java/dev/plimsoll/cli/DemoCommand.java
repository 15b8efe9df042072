package dev.plimsoll.cli;

import dev.plimsoll.server.demo.Demo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plimsoll demo}: everything, on a forge that lives in this process. */
@Command(
    name = "demo",
    description =
        "Shows Plimsoll at work on the pull requests of a sample repository, on a page of this machine.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nothing needs to be configured or installed, and nothing leaves this machine. Ctrl-C ends it.",
      "",
      "Example:",
      "  plimsoll demo --port 0"
    })
final class DemoCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "The page's port; 0: any that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the server keeps its state (default: a temporary directory that is removed at the end).")
  private Optional<Path> data = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--port must be a number from 0 to 65535, not " + port);
    }
    Path directory = data.isPresent() ? data.get() : Files.createTempDirectory("plimsoll-demo-");
    Demo demo = start(directory);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      demo.close();
      removeUnlessGiven(directory);
      ended.countDown();
    }));
    PrintWriter out = spec.commandLine().getOut();
    out.println("Plimsoll's demo is at " + demo.url() + " (Ctrl-C ends it)");
    out.flush();
    ended.await();
    return 0;
  }

  private Demo start(Path directory) {
    boolean started = false;
    try {
      Demo demo = Demo.start(port, directory);
      started = true;
      return demo;
    } catch (IOException e) {
      throw new UserError("the demo cannot start: " + e.getMessage());
    } finally {
      if (!started) {
        removeUnlessGiven(directory);
      }
    }
  }

  private void removeUnlessGiven(Path directory) {
    if (data.isPresent()) {
      return;
    }
    try (Stream<Path> inside = Files.walk(directory)) {
      inside.sorted(Comparator.reverseOrder()).forEach(DemoCommand::remove);
    } catch (IOException e) {
      // It is in the system's directory for what may be lost.
    }
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      path.toFile().deleteOnExit();
    }
  }
}
