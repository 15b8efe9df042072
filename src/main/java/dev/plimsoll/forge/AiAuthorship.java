package dev.plimsoll.forge;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a change request says of itself that an AI had a hand in it: a bot opened it, or a commit names one as co-author. An e-mail
 * address tells it surely; a name only when it is an assistant's whole name, since people are called Claude and Devin as well.
 */
public final class AiAuthorship {

  private static final Pattern TRAILER = Pattern.compile(
      "(?im)^[ \\t]*(?:co-authored-by|assisted-by|generated-by|co-developed-by)[ \\t]*:[ \\t]*([^<\\n]{0,200})(?:<([^>\\n]{0,200})>)?");

  private static final Pattern GENERATED = Pattern.compile(
      "(?im)^[^\\p{L}\\n]{0,20}(?:generated|written|created) (?:with|by|using)[^\\n]{0,40}?"
          + "\\b(?:claude|copilot|cursor|codex|chatgpt|gpt-[0-9]\\w*|devin|gemini|aider|windsurf|jules|ai)\\b");

  private static final Pattern NAME = Pattern.compile(
      "(?:github )?copilot(?: .*)?|claude(?: code)?(?:[ -](?:opus|sonnet|haiku|fable|v?[0-9]).*)?|cursor(?: (?:agent|ai))?|devin ai.*"
          + "|(?:openai )?codex(?: .*)?|chatgpt.*|gpt-[0-9].*|(?:google )?gemini(?: (?:cli|code assist|[0-9].*))?|aider(?: \\(.*\\))?"
          + "|windsurf(?: .*)?|google labs jules.*|amazon q(?: .*)?|openhands|sweep ai|cline|roo code");

  private static final Set<String> ADDRESSES = Set.of(
      "noreply@anthropic.com",
      "cursoragent@cursor.com",
      "copilot@github.com",
      "noreply@openai.com",
      "noreply@aider.chat",
      "openhands@all-hands.dev",
      "gemini-code-assist@google.com");

  private static final Pattern BOT_ADDRESS =
      Pattern.compile("(?:[0-9]+\\+)?(?:copilot|[^@]*\\[bot\\])@users\\.noreply\\.github\\.com");

  /** Longer messages are read up to here. */
  private static final int MOST_CHARACTERS = 20_000;

  private AiAuthorship() {}

  public static boolean of(ChangeRequest request) {
    return request.author().bot() || inMessages(request.commitMessages());
  }

  /** A commit message names an AI as co-author or says that it was generated. */
  public static boolean inMessages(List<String> commitMessages) {
    return commitMessages.stream().anyMatch(AiAuthorship::says);
  }

  private static boolean says(String message) {
    String read = message.length() > MOST_CHARACTERS
        ? message.substring(message.length() - MOST_CHARACTERS)
        : message;
    Matcher trailer = TRAILER.matcher(read);
    while (trailer.find()) {
      String name = trailer.group(1).strip().toLowerCase(Locale.ROOT);
      String address =
          trailer.group(2) == null ? "" : trailer.group(2).strip().toLowerCase(Locale.ROOT);
      if (NAME.matcher(name).matches()
          || ADDRESSES.contains(address)
          || BOT_ADDRESS.matcher(address).matches()) {
        return true;
      }
    }
    return GENERATED.matcher(read).find();
  }
}
