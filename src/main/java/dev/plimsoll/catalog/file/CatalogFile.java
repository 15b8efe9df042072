package dev.plimsoll.catalog.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.Catalog;
import dev.plimsoll.catalog.CatalogProblem;
import dev.plimsoll.catalog.CatalogReading;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The size catalog as a file, format 1: see {@code docs/catalog.md} and {@code catalog.schema.json}.
 *
 * <p>Reading never throws for what a file holds. It goes through the file once and keeps none of its text, so that a database of 100,000
 * tables takes the memory of its facts only.
 */
public final class CatalogFile {

  /** The value of {@code plimsoll_catalog}. */
  public static final int FORMAT = 1;

  private CatalogFile() {}

  /** Reads a file; one that is missing or unreadable is a problem as well. */
  public static CatalogReading read(Path file) {
    return read(file, CatalogLimits.DEFAULT);
  }

  public static CatalogReading read(Path file, CatalogLimits limits) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, limits);
    } catch (NoSuchFileException e) {
      return CatalogReading.Bad.of(CatalogProblem.ofFile("there is no file " + file));
    } catch (IOException e) {
      return CatalogReading.Bad.of(
          CatalogProblem.ofFile("the file " + file + " cannot be read: " + e.getMessage()));
    }
  }

  public static CatalogReading read(byte[] json) {
    return read(new ByteArrayInputStream(json), CatalogLimits.DEFAULT);
  }

  /** Reads to the end of the catalog; closing the stream is the caller's. */
  public static CatalogReading read(InputStream json) {
    return read(json, CatalogLimits.DEFAULT);
  }

  public static CatalogReading read(InputStream json, CatalogLimits limits) {
    BoundedInput bounded = new BoundedInput(json, limits.bytes().value());
    try (JsonParser parser = factory(limits).createParser(bounded)) {
      JsonCursor cursor = new JsonCursor(parser);
      try {
        return new CatalogReader(cursor, limits).read();
      } catch (JsonProcessingException e) {
        return bad(cursor, syntax(e, limits));
      } catch (BoundedInput.TooLarge e) {
        return CatalogReading.Bad.of(CatalogProblem.ofFile("the catalog is larger than "
            + new Bytes(limits.bytes().value()) + "; leave out schemas that no migration touches"));
      } catch (CharacterCodingException e) {
        return bad(cursor, CatalogProblem.ofFile(notUtf8()));
      } catch (IOException e) {
        return bad(cursor, CatalogProblem.ofFile("the catalog cannot be read: " + e.getMessage()));
      }
    } catch (IOException e) {
      return CatalogReading.Bad.of(
          CatalogProblem.ofFile("the catalog cannot be read: " + e.getMessage()));
    }
  }

  /** The file for a catalog, one line per table so that versions of it can be compared; {@link #read} brings the same catalog back. */
  public static byte[] write(Catalog catalog) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(catalog, out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    return out.toByteArray();
  }

  /** Writes to the end of the catalog; closing the stream is the caller's. */
  public static void write(Catalog catalog, OutputStream out) throws IOException {
    new CatalogWriter(out).write(catalog);
  }

  static JsonFactory factory(CatalogLimits limits) {
    return JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(limits.depth())
            .maxStringLength(limits.textLength())
            .maxNameLength(10_000)
            .maxNumberLength(100)
            .build())
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
        .build();
  }

  private static CatalogReading bad(JsonCursor cursor, CatalogProblem last) {
    var problems = new java.util.ArrayList<>(cursor.problems());
    problems.add(last);
    return new CatalogReading.Bad(problems);
  }

  private static CatalogProblem syntax(JsonProcessingException e, CatalogLimits limits) {
    JsonLocation at = e.getLocation();
    String detail =
        JsonCursor.shortened(e.getOriginalMessage().lines().findFirst().orElse(""));
    String message = switch (e) {
      case StreamConstraintsException _ ->
        "the catalog exceeds a limit (" + limits.depth() + " levels, " + limits.textLength()
            + " characters in a text): " + e.getOriginalMessage();
      case JsonEOFException _ ->
        "the file ends in the middle of the catalog; was it cut off while it was written?";
      case JsonProcessingException _ when detail.startsWith("Invalid UTF-8") -> notUtf8();
      default ->
        "this is no JSON: " + detail
            + "; did something else than the query's result get into the file?";
    };
    return new CatalogProblem(
        message, "", at == null ? 0 : at.getLineNr(), at == null ? 0 : at.getColumnNr());
  }

  private static String notUtf8() {
    return "the file is not in UTF-8; take it again with PGCLIENTENCODING=UTF8 set for psql";
  }
}
