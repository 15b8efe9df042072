package dev.plimsoll.server;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown that Plimsoll has written itself, as HTML. Everything from others is escaped where the Markdown is made; should that once be
 * forgotten, no tag but the few that Plimsoll uses becomes one here, and a page that shows it forbids scripts.
 */
final class MarkdownHtml {

  private static final Pattern TAG =
      Pattern.compile("<!--.*?-->|</?(?:details|summary|br|sub|sup)>|<", Pattern.DOTALL);

  private static final Parser PARSER =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();
  private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
      .extensions(List.of(TablesExtension.create()))
      .nodeRendererFactory(FewTags::new)
      .sanitizeUrls(true)
      .build();

  private MarkdownHtml() {}

  static String of(String markdown) {
    return RENDERER.render(PARSER.parse(markdown));
  }

  private record FewTags(HtmlNodeRendererContext context) implements NodeRenderer {

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(HtmlBlock.class, HtmlInline.class);
    }

    @Override
    public void render(Node node) {
      String html =
          node instanceof HtmlBlock block ? block.getLiteral() : ((HtmlInline) node).getLiteral();
      context
          .getWriter()
          .raw(TAG.matcher(html)
              .replaceAll(found -> Matcher.quoteReplacement(harmless(found.group()))));
    }

    private static String harmless(String tag) {
      if (tag.startsWith("<!--")) {
        return "";
      }
      return tag.equals("<") ? "&lt;" : tag;
    }
  }
}
