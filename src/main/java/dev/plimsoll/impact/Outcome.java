package dev.plimsoll.impact;

/** Whether a statement goes through. */
public sealed interface Outcome {

  record Succeeds() implements Outcome {}

  /**
   * @param sqlState the five characters of SQLSTATE: {@code 23502}
   */
  record Fails(String sqlState, String reason) implements Outcome {}

  /**
   * It fails if the data says so.
   *
   * @param sqlState what it fails with then
   * @param condition when it fails: {@code some row has no value in "status"}
   */
  record DependsOnData(String sqlState, String condition) implements Outcome {}

  Outcome SUCCEEDS = new Succeeds();
}
