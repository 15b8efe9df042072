package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceSpan;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.generic.Lexeme.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through the tokens of a statement, or of a part of one. */
final class Cursor {
  private final SourceText source;
  private final Dialect dialect;
  private final List<Lexeme> lexemes;
  private final int from;
  private final int to;
  private int at;

  Cursor(SourceText source, Dialect dialect, List<Lexeme> lexemes, int from, int to) {
    this.source = source;
    this.dialect = dialect;
    this.lexemes = lexemes;
    this.from = from;
    this.at = from;
    this.to = to;
  }

  /** A cursor of its own over the tokens from {@code from} to before {@code behind}. */
  Cursor part(int from, int behind) {
    return new Cursor(source, dialect, lexemes, from, behind);
  }

  int at() {
    return at;
  }

  /** The part's first token. */
  int start() {
    return from;
  }

  /** Behind the part's last token. */
  int end() {
    return to;
  }

  boolean atEnd() {
    return at >= to;
  }

  void goTo(int token) {
    at = token;
  }

  Dialect dialect() {
    return dialect;
  }

  boolean isKind(Kind kind) {
    return at < to && lexemes.get(at).kind() == kind;
  }

  /** Whether the next tokens are these keywords or symbols. */
  boolean looking(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!is(at + i, words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the next token is one of these. */
  boolean lookingAtAny(String... words) {
    for (String word : words) {
      if (is(at, word)) {
        return true;
      }
    }
    return false;
  }

  boolean is(int token, String word) {
    if (token >= to) {
      return false;
    }
    Lexeme lexeme = lexemes.get(token);
    return (lexeme.kind() == Kind.WORD || lexeme.kind() == Kind.SYMBOL)
        && lexeme.end() - lexeme.start() == word.length()
        && source.text().regionMatches(true, lexeme.start(), word, 0, word.length());
  }

  /** Goes past these keywords or symbols when they are next. */
  boolean accept(String... words) {
    boolean found = looking(words);
    if (found) {
      at += words.length;
    }
    return found;
  }

  boolean acceptAny(String... words) {
    boolean found = lookingAtAny(words);
    if (found) {
      at++;
    }
    return found;
  }

  /** The next token as it is written; goes past it. */
  String take() {
    String text = text(at, at + 1);
    at++;
    return text;
  }

  /** A name, as the server keeps it; empty where none is next. */
  Optional<String> name() {
    boolean isName = isKind(Kind.WORD) || isKind(Kind.QUOTED_NAME);
    return isName ? Optional.of(dialect.fold(take())) : Optional.empty();
  }

  /** A name with or without its schema; empty where none is next. */
  Optional<RelationName> relation() {
    List<String> parts = new ArrayList<>();
    Optional<String> part = name();
    while (part.isPresent()) {
      parts.add(part.get());
      part = accept(".") ? name() : Optional.empty();
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    int last = parts.size() - 1;
    return Optional.of(new RelationName(
        last > 0 ? Optional.of(parts.get(last - 1)) : Optional.empty(), parts.get(last)));
  }

  /** Names in brackets, each with or without a length or an order; empty where that is not next. */
  Optional<List<String>> names() {
    if (!looking("(")) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (Cursor element : elements()) {
      Optional<String> name = element.name();
      if (name.isEmpty()) {
        return Optional.empty();
      }
      names.add(name.get());
    }
    return Optional.of(names);
  }

  /** What stands in the brackets that are next; goes past them. */
  Cursor brackets() {
    int open = at;
    int close = closing(open);
    at = Math.min(to, close + 1);
    return part(open + 1, close);
  }

  /** The elements of the list in brackets that is next; goes past it. */
  List<Cursor> elements() {
    return brackets().list();
  }

  /** What is left, divided at commas outside brackets. */
  List<Cursor> list() {
    List<Cursor> elements = new ArrayList<>();
    int from = at;
    int depth = 0;
    for (int i = at; i < to; i++) {
      depth += nesting(i);
      if (depth == 0 && is(i, ",")) {
        elements.add(part(from, i));
        from = i + 1;
      }
    }
    if (from < to) {
      elements.add(part(from, to));
    }
    return elements;
  }

  /** The bracket that closes the one at {@code open}, or the end. */
  int closing(int open) {
    int depth = 0;
    for (int i = open; i < to; i++) {
      depth += nesting(i);
      if (depth == 0) {
        return i;
      }
    }
    return to;
  }

  /** The next token from here that is this keyword outside brackets; the end where there is none. */
  int find(String word) {
    int depth = 0;
    for (int i = at; i < to; i++) {
      if (depth == 0 && is(i, word)) {
        return i;
      }
      depth += nesting(i);
    }
    return to;
  }

  private int nesting(int token) {
    if (lexemes.get(token).kind() != Kind.SYMBOL) {
      return 0;
    }
    return switch (source.text().charAt(lexemes.get(token).start())) {
      case '(' -> 1;
      case ')' -> -1;
      default -> 0;
    };
  }

  /** The text of the tokens from {@code from} to before {@code behind}. */
  String text(int from, int behind) {
    return from < behind && from < to
        ? source
            .text()
            .substring(
                lexemes.get(from).start(), lexemes.get(Math.min(behind, to) - 1).end())
        : "";
  }

  /** What is left, as it is written. */
  String rest() {
    return text(at, to);
  }

  SourceSpan span(int from, int behind) {
    return source.span(lexemes.get(from).start(), lexemes.get(behind - 1).end());
  }
}
