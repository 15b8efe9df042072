package dev.plimsoll.server.demo;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of SQL as HTML, with its keywords, texts, numbers and comments told apart. */
final class SqlInk {

  private static final Pattern TOKEN = Pattern.compile(
      "(?<comment>--.*)|(?<text>'(?:[^']|'')*'?)|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<number>\\b[0-9]+(?:\\.[0-9]+)?\\b)");

  private static final Set<String> KEYWORDS = Set.of(
      ("add after all alter always and as asc batch before begin between by cascade case check column commit concurrently constraint create "
              + "cross declare default deferrable delete desc distinct do drop each else end exclude execute exists false first for foreign "
              + "from full function generated grant group having identity if in index inner insert into is join key language last left "
              + "like limit local lock loop new not null of offset old on only or order outer partition primary procedure references "
              + "rename replace return returns right row select set table then to trigger true truncate type union unique update using "
              + "valid validate values view when where while with work")
          .split(" "));

  private SqlInk() {}

  static String line(String line) {
    StringBuilder html = new StringBuilder(line.length() * 2);
    Matcher token = TOKEN.matcher(line);
    int at = 0;
    while (token.find()) {
      html.append(Html.text(line.substring(at, token.start())));
      String text = Html.text(token.group());
      String ink = ink(token);
      html.append(ink.isEmpty() ? text : "<span class=\"" + ink + "\">" + text + "</span>");
      at = token.end();
    }
    return html.append(Html.text(line.substring(at))).toString();
  }

  /** Line by line, since a browser shows no more than that. */
  static String lines(String sql) {
    StringBuilder html = new StringBuilder();
    sql.stripTrailing().lines().forEach(line -> html.append(line(line)).append('\n'));
    return html.toString();
  }

  private static String ink(Matcher token) {
    if (token.group("comment") != null) {
      return "sql-comment";
    }
    if (token.group("text") != null) {
      return "sql-text";
    }
    if (token.group("number") != null) {
      return "sql-number";
    }
    return KEYWORDS.contains(token.group("word").toLowerCase(Locale.ROOT)) ? "sql-word" : "";
  }
}
