package dev.plimsoll.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is run once for each of these database servers, with a fresh {@link PostgresDatabase} as its parameter.
 *
 * <p>A server that this build tests on must be there, or the test fails. A version that only the profile {@code
 * all-postgres} fetches is reported as skipped without it.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(ProvedOnServers.class)
public @interface ProvedOn {

  /** Major versions of PostgreSQL. */
  int[] postgres();
}
