package dev.plimsoll.catalog.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The one query that takes a catalog from PostgreSQL 12 to 18. */
public final class CatalogQuery {

  private static final String RESOURCE = "/dev/plimsoll/catalog/catalog.sql";

  private CatalogQuery() {}

  /** One SELECT of one row with one JSON value, comments included. */
  public static String sql() {
    try (InputStream in = CatalogQuery.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + RESOURCE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
