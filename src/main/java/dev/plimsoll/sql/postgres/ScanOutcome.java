package dev.plimsoll.sql.postgres;

import java.util.List;

/** What came of splitting a text into tokens. */
public sealed interface ScanOutcome
    permits ScanOutcome.Tokens, ParseOutcome.SyntaxError, ParseOutcome.Refused {

  /** All tokens in order, comments included; what is between them is white space. */
  record Tokens(List<Token> tokens) implements ScanOutcome {

    public Tokens {
      tokens = List.copyOf(tokens);
    }
  }
}
