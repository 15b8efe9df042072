package dev.plimsoll.review;

import dev.plimsoll.rules.Fingerprint;
import java.time.Instant;
import java.util.List;

/**
 * A person takes the responsibility for a finding.
 *
 * @param id a number that people can name, unique within the change request
 * @param finding the finding's fingerprint
 * @param bands the size bands of its tables at that moment; when they or the statement change, the override ends
 */
public record Override(
    long id,
    String rule,
    Fingerprint finding,
    List<String> bands,
    String person,
    String reason,
    Instant at) {

  public Override {
    bands = List.copyOf(bands);
  }
}
