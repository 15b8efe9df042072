package dev.plimsoll.sql.postgres;

/** An input that goes beyond a bound; the message is the reason in {@link ParseOutcome.Refused}. */
final class RefusedInput extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedInput(String reason) {
    super(reason, null, false, false);
  }
}
