package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of parsing a text. */
public sealed interface ParseOutcome {

  /**
   * PostgreSQL's parse tree of all statements, as libpg_query writes it: {@code {"version": 180004, "stmts": [{"stmt": {...},
   * "stmt_location": 37, "stmt_len": 12}, ...]}}. An absent {@code stmt_location} or {@code location} is 0, an absent {@code
   * stmt_len} means to the end. All of these are byte offsets into the text.
   *
   * <p>Of a VALUES list with more than {@value AstReader#ROWS_KEPT} rows only the first ones are there; the object that has
   * {@code valuesLists} then also has {@code valuesListsLength}, the number of rows in the statement.
   *
   * @param text what was parsed; turns byte offsets into offsets in the string
   */
  record Tree(JsonNode root, Utf8Text text) implements ParseOutcome {}

  /**
   * PostgreSQL would refuse the text. One error fails the whole text, so the statements before and after it are not known.
   *
   * @param message PostgreSQL's own, for example {@code syntax error at or near "COLUMM"}
   * @param offset in the string (UTF-16); 0 if PostgreSQL does not say where
   */
  record SyntaxError(String message, int offset) implements ParseOutcome, ScanOutcome {}

  /**
   * The text was not read to its end: too large, too deep, too slow, or not text.
   *
   * @param reason for people, without a full stop: {@code it is nested too deeply}
   */
  record Refused(String reason) implements ParseOutcome, ScanOutcome {}
}
