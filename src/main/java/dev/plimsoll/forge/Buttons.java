package dev.plimsoll.forge;

import dev.plimsoll.forge.CheckReport.Button;
import java.util.List;

/** The buttons of the checks. */
public final class Buttons {

  public static final Button RERUN = new Button("Re-run", "rerun", "Review this commit once more");

  public static final Button EXPLAIN =
      new Button("Explain", "explain", "Tell in a comment what holds the merge");

  public static final Button ASK_DBA =
      new Button("Request DBA review", "ask-dba", "Ask those who may override");

  /** Of a check that failed. */
  public static final List<Button> ON_FAILURE = List.of(RERUN, EXPLAIN, ASK_DBA);

  public static final List<Button> ON_SUCCESS = List.of(RERUN);

  private Buttons() {}
}
