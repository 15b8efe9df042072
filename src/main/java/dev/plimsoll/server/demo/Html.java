package dev.plimsoll.server.demo;

/** Text for HTML. */
final class Html {

  private Html() {}

  /** As text or as the value of an attribute in double quotes. */
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
