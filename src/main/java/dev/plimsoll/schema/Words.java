package dev.plimsoll.schema;

/** Looking for a name in a piece of SQL that is kept as text. */
public final class Words {

  private Words() {}

  /** Whether {@code name} stands in {@code sql} as a whole word, quoted or not. */
  public static boolean contain(String sql, String name) {
    for (int at = sql.indexOf(name); at >= 0; at = sql.indexOf(name, at + 1)) {
      boolean startsWord = at == 0 || !Character.isJavaIdentifierPart(sql.charAt(at - 1));
      int end = at + name.length();
      boolean endsWord = end == sql.length() || !Character.isJavaIdentifierPart(sql.charAt(end));
      if (startsWord && endsWord) {
        return true;
      }
    }
    return false;
  }
}
