package dev.plimsoll.scenario;

import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.forge.User;
import dev.plimsoll.forge.memory.Conversation;
import java.util.Map;
import java.util.Optional;

/**
 * A forge with Plimsoll at work on it, on which a scenario is played: one repository, one change request. Every act returns when Plimsoll is
 * done with it.
 */
interface Stage {

  /**
   * @param files of the base branch
   */
  void repository(Map<String, String> files);

  void grant(User user, Access access);

  void join(String team, User user);

  void open(Map<String, String> files, String commitMessage, User by);

  /**
   * @param changes absent content: the file is removed
   */
  void push(Map<String, Optional<String>> changes, String commitMessage, User by);

  void rebase(User by);

  /** On the base branch. */
  void commitToBase(Map<String, Optional<String>> changes);

  /** Returns the comment's id. */
  String say(User by, String body);

  String reply(String threadId, User by, String body);

  void resolve(String threadId);

  void delete(String commentId);

  void press(User by, String button);

  MergeGroup enqueue(User by);

  void close(User by);

  /** The webhook of that comment comes once more. */
  void deliverAgain(String commentId);

  /** Review the head once more, as a webhook delivered twice does. */
  void reviewAgain();

  Conversation conversation();

  Map<String, Conversation.CheckRun> checksOf(MergeGroup group);

  /** How many calls Plimsoll has made to the forge. */
  int calls();

  /** How many writes Plimsoll has made. */
  int writes();

  /** The forge is down from this write on, counted from now; until {@link #mend}. */
  void breakBeforeWrite(int number);

  /** The answer to this write, counted from now, is lost, and everything behind it fails; until {@link #mend}. */
  void breakAfterWrite(int number);

  void mend();

  void letListsLag(boolean lag);
}
