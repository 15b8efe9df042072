package dev.plimsoll.catalog.file;

import dev.plimsoll.catalog.Bytes;

/**
 * How large a catalog may be before it is refused: a file comes from a repository, a push or a web server.
 *
 * @param bytes of the JSON text, decompressed
 * @param tables tables, views and partitions
 * @param depth of nesting
 * @param textLength of one name, type or expression, in UTF-16 units
 */
public record CatalogLimits(Bytes bytes, int tables, int depth, int textLength) {

  /** 256 MiB, a million tables, 64 levels, a million characters. */
  public static final CatalogLimits DEFAULT =
      new CatalogLimits(Bytes.mebibytes(256), 1_000_000, 64, 1_000_000);

  public CatalogLimits withBytes(Bytes value) {
    return new CatalogLimits(value, tables, depth, textLength);
  }

  public CatalogLimits withTables(int value) {
    return new CatalogLimits(bytes, value, depth, textLength);
  }
}
