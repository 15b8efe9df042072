package dev.plimsoll.sql.postgres;

/** The parser's own code gave up (an abort, a failed assertion); its instance cannot be used any more. */
final class ParserCrash extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ParserCrash(String message) {
    super(message);
  }
}
