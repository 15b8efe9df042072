package dev.plimsoll.sql.postgres;

import java.util.Set;

/** The marks that migration tools, template languages and psql put into SQL, each on one line. */
final class Template {

  /** Directives that choose or repeat what they enclose. */
  private static final Set<String> DIRECTIVES = Set.of(
      "if",
      "else",
      "end",
      "range",
      "with",
      "block",
      "define",
      "template",
      "break",
      "continue",
      "include",
      "each");

  private static final int LONGEST = 200;

  private Template() {}

  /** Behind <code>${name}</code>, <code>{{ value }}</code> or <code>{name}</code> at the offset; 0 where there is none. */
  static int placeholderEnd(String text, int at, int end) {
    if (text.startsWith("${", at)) {
      return close(text, at + 2, "}", end);
    }
    if (text.startsWith("{{", at)) {
      return isDirective(text, at + 2, end) ? 0 : close(text, at + 2, "}}", end);
    }
    return at < end && text.charAt(at) == '{' ? bracedName(text, at, end) : 0;
  }

  /** Behind a directive such as <code>{{ if .Large }}</code> or <code>{% for %}</code>; 0 where there is none. */
  static int directiveEnd(String text, int at, int end) {
    if (text.startsWith("{%", at)) {
      return close(text, at + 2, "%}", end);
    }
    return text.startsWith("{{", at) && isDirective(text, at + 2, end)
        ? close(text, at + 2, "}}", end)
        : 0;
  }

  /** Behind a template's comment; 0 where there is none. */
  static int commentEnd(String text, int at, int end) {
    if (text.startsWith("{#", at)) {
      return close(text, at + 2, "#}", end);
    }
    return text.startsWith("{{/*", at) ? close(text, at + 4, "}}", end) : 0;
  }

  /**
   * Behind a psql variable at the colon; 0 where there is none. A colon behind a name, a bracket or a string is not one: it
   * stands in {@code json_object('key':value)} or in {@code (row).field:...}.
   */
  static int variableEnd(String text, int colon, int end) {
    char before = colon == 0 ? ' ' : text.charAt(colon - 1);
    if (isNameCharacter(before) || "'\")]:".indexOf(before) >= 0 || colon + 1 >= end) {
      return 0;
    }
    char quote = text.charAt(colon + 1);
    boolean quoted = quote == '\'' || quote == '"';
    int from = quoted ? colon + 2 : colon + 1;
    int i = from;
    while (i < end && isNameCharacter(text.charAt(i))) {
      i++;
    }
    if (i == from || (!quoted && text.charAt(from) <= '9')) {
      return 0;
    }
    if (!quoted) {
      return i;
    }
    return i < end && text.charAt(i) == quote ? i + 1 : 0;
  }

  private static int bracedName(String text, int at, int end) {
    int i = at + 1;
    while (i < end && (isNameCharacter(text.charAt(i)) || text.charAt(i) == '.')) {
      i++;
    }
    return i > at + 1 && i < end && text.charAt(i) == '}' ? i + 1 : 0;
  }

  private static boolean isDirective(String text, int from, int end) {
    int i = from;
    while (i < end
        && (text.charAt(i) == ' '
            || text.charAt(i) == '-'
            || text.charAt(i) == '#'
            || text.charAt(i) == '/')) {
      i++;
    }
    int word = i;
    while (i < end && isNameCharacter(text.charAt(i))) {
      i++;
    }
    return DIRECTIVES.contains(text.substring(word, i));
  }

  private static int close(String text, int from, String mark, int end) {
    int limit = Math.min(end, from + LONGEST);
    for (int i = from; i + mark.length() <= limit; i++) {
      if (text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        return 0;
      }
      if (text.startsWith(mark, i)) {
        return i + mark.length();
      }
    }
    return 0;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
