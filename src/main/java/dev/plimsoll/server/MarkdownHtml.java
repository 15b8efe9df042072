package dev.plimsoll.server;

import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown that Plimsoll has written itself, as HTML. The little HTML in it is Plimsoll's own, since everything from others is escaped where
 * the Markdown is made; a page that shows it forbids scripts all the same.
 */
final class MarkdownHtml {

  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();
  private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
      .extensions(List.of(TablesExtension.create()))
      .sanitizeUrls(true)
      .build();

  private MarkdownHtml() {}

  static String of(String markdown) {
    return RENDERER.render(PARSER.parse(markdown));
  }
}
