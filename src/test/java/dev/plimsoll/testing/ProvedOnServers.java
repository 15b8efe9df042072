package dev.plimsoll.testing;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Makes one invocation of a {@link ProvedOn} test for each server. */
final class ProvedOnServers implements TestTemplateInvocationContextProvider {
  /** The versions that this build promises to test on. */
  private static final Set<Integer> PROMISED = Arrays.stream(
          System.getProperty("plimsoll.postgres.majors", "12,17,18").split(","))
      .map(Integer::valueOf)
      .collect(Collectors.toUnmodifiableSet());

  @Override
  public boolean supportsTestTemplate(ExtensionContext test) {
    return AnnotationSupport.isAnnotated(test.getRequiredTestMethod(), ProvedOn.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext test) {
    ProvedOn servers = AnnotationSupport.findAnnotation(
            test.getRequiredTestMethod(), ProvedOn.class)
        .orElseThrow();
    return Arrays.stream(servers.postgres()).mapToObj(OnPostgres::new);
  }

  private record OnPostgres(int major) implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int invocationIndex) {
      return "PostgreSQL " + major;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new RequiredServer(major), new FreshDatabase(major));
    }
  }

  private record RequiredServer(int major) implements BeforeEachCallback {

    @Override
    public void beforeEach(ExtensionContext test) {
      boolean available = PostgresServer.isAvailable(major);
      if (!available && PROMISED.contains(major)) {
        throw new IllegalStateException(
            "PostgreSQL " + major + " is missing: `mvn process-test-resources` fetches it");
      }
      Assumptions.assumeTrue(
          available, () -> "PostgreSQL " + major + " is tested with -Pall-postgres");
    }
  }

  private record FreshDatabase(int major) implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == PostgresDatabase.class;
    }

    @Override
    public PostgresDatabase resolveParameter(ParameterContext parameter, ExtensionContext test) {
      PostgresDatabase database = PostgresServer.of(major).freshDatabase();
      test.getStore(Namespace.create(FreshDatabase.class, test.getUniqueId()))
          .put(database.name(), database);
      return database;
    }
  }
}
