package pgquery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A build step: turns the npm package libpg-query into what the build compiles to bytecode.
 *
 * <p>Arguments: version, sha512 of the package, output directory. Writes there {@code pgquery.wasm} (every function short
 * enough for a JVM method) and {@code pgquery-names.properties} (which letter is which C function). Does nothing when both
 * are up to date.
 */
public final class PreparePgQuery {
  private PreparePgQuery() {}

  public static void main(String[] arguments) throws IOException {
    try {
      prepare(new NpmPackage("libpg-query", arguments[0], arguments[1]), Path.of(arguments[2]));
    } catch (BuildStopped stopped) {
      System.err.println("\n" + stopped.getMessage() + "\n");
      System.exit(1);
    }
  }

  private static void prepare(NpmPackage libPgQuery, Path output) throws IOException {
    Path wasm = output.resolve("pgquery.wasm");
    Path names = output.resolve("pgquery-names.properties");
    Path stamp = output.resolve("stamp");
    String inputs = libPgQuery + " " + toolSources();
    if (Stream.of(wasm, names, stamp).allMatch(Files::exists)
        && Files.readString(stamp).equals(inputs)) {
      return;
    }
    Files.createDirectories(output);
    Files.deleteIfExists(stamp);
    Files.write(wasm, FunctionSplitter.split(libPgQuery.read("package/wasm/libpg-query.wasm")));
    Files.writeString(names, properties(libPgQuery));
    Files.writeString(stamp, inputs);
  }

  private static String properties(NpmPackage libPgQuery) throws IOException {
    String javaScript =
        new String(libPgQuery.read("package/wasm/libpg-query.js"), StandardCharsets.UTF_8);
    return GlueNames.of(javaScript).entrySet().stream()
        .map(name -> name.getKey() + "=" + name.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** A change of this tool makes what it wrote out of date. */
  private static String toolSources() throws IOException {
    Path here = Path.of(System.getProperty("jdk.launcher.sourcefile", ""));
    if (!Files.isRegularFile(here)) {
      return "";
    }
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.list(here.toAbsolutePath().getParent())) {
      for (Path file : files.sorted().toList()) {
        sources.append(Files.readString(file));
      }
    }
    return NpmPackage.sha512(sources.toString().getBytes(StandardCharsets.UTF_8));
  }
}
