package dev.plimsoll.sql.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The wasm module calls its imports and exports by single letters; this knows which C function each letter is. */
final class CFunctions {
  static final CFunctions NAMES = load();

  private final Properties letters;

  private CFunctions(Properties letters) {
    this.letters = letters;
  }

  private static CFunctions load() {
    Properties letters = new Properties();
    try (InputStream in = CFunctions.class.getResourceAsStream("pgquery-names.properties")) {
      if (in == null) {
        throw new IllegalStateException("pgquery-names.properties is missing: the build writes it");
      }
      letters.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CFunctions(letters);
  }

  /** The C function that the module imports as this letter. */
  String imported(String letter) {
    return required("import." + letter);
  }

  /** The letter under which the module exports this C function. */
  String exported(String function) {
    return required("export." + function);
  }

  private String required(String key) {
    String value = letters.getProperty(key);
    if (value == null) {
      throw new IllegalStateException("pgquery-names.properties has no " + key);
    }
    return value;
  }
}
