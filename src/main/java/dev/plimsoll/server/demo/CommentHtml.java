package dev.plimsoll.server.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * A comment's Markdown as HTML. Of the HTML in Plimsoll's own comments a few elements without attributes are let through; in other people's
 * none is. Links leave the page only by hand, pictures are not loaded.
 */
final class CommentHtml {

  private static final int DEEPEST_NESTING = 50;

  private static final Parser PARSER = Parser.builder()
      .extensions(List.of(TablesExtension.create()))
      .maxOpenBlockParsers(DEEPEST_NESTING)
      .build();

  private static final TextContentRenderer TEXT =
      TextContentRenderer.builder().lineBreakRendering(LineBreakRendering.STRIP).build();

  private static final Set<String> ELEMENTS =
      Set.of("details", "summary", "sub", "sup", "code", "b", "i", "em", "strong", "br");
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-z]{1,10})>|<!--.*?-->", Pattern.DOTALL);

  private CommentHtml() {}

  /** Plimsoll's own. */
  static String ofPlimsoll(String markdown, Optional<String> linesItStandsOn) {
    return renderer(true, linesItStandsOn).render(PARSER.parse(markdown));
  }

  /** A visitor's. */
  static String ofVisitor(String markdown) {
    return renderer(false, Optional.empty()).render(PARSER.parse(markdown));
  }

  /** Its first paragraph as text. */
  static String gist(String markdown) {
    Node first = PARSER.parse(markdown).getFirstChild();
    while (first != null && !(first instanceof Paragraph)) {
      first = first.getNext();
    }
    return first == null ? "" : TEXT.render(first).strip();
  }

  private static HtmlRenderer renderer(boolean own, Optional<String> excerpt) {
    return HtmlRenderer.builder()
        .extensions(List.of(TablesExtension.create()))
        .sanitizeUrls(true)
        .escapeHtml(true)
        .softbreak(own ? "\n" : "<br>\n")
        .attributeProviderFactory(context -> new Links())
        .nodeRendererFactory(context -> new Blocks(context, own, excerpt))
        .build();
  }

  private static final class Links implements AttributeProvider {
    @Override
    public void setAttributes(Node node, String tag, Map<String, String> attributes) {
      if (tag.equals("a")) {
        attributes.put("rel", "noopener noreferrer");
        attributes.put("target", "_blank");
      } else if (tag.equals("img")) {
        attributes.remove("src");
      }
    }
  }

  /** Code as a forge shows it, and HTML. */
  private static final class Blocks implements NodeRenderer {
    private final HtmlNodeRendererContext context;
    private final boolean own;
    private final Optional<String> excerpt;

    Blocks(HtmlNodeRendererContext context, boolean own, Optional<String> excerpt) {
      this.context = context;
      this.own = own;
      this.excerpt = excerpt;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(FencedCodeBlock.class, HtmlBlock.class, HtmlInline.class);
    }

    @Override
    public void render(Node node) {
      String html = switch (node) {
        case FencedCodeBlock block ->
          code(block.getInfo() == null ? "" : block.getInfo().strip(), block.getLiteral());
        case HtmlBlock block -> markup(block.getLiteral()) + "\n";
        case HtmlInline inline -> markup(inline.getLiteral());
        default -> throw new IllegalStateException("not asked for: " + node);
      };
      context.getWriter().raw(html);
    }

    private String code(String language, String text) {
      return switch (language) {
        case "suggestion" -> suggestion(text);
        case "sql" -> "<pre class=\"sql\"><code>" + SqlInk.lines(text) + "</code></pre>\n";
        case "mermaid" -> GanttHtml.of(text).orElseGet(() -> plain(text));
        default -> plain(text);
      };
    }

    private static String plain(String text) {
      return "<pre><code>" + Html.text(text) + "</code></pre>\n";
    }

    private String suggestion(String text) {
      StringBuilder html = new StringBuilder(
          "<div class=\"suggestion\"><p class=\"suggestion-title\">Suggested change</p><table><tbody>");
      excerpt.ifPresent(old -> old.lines().forEach(line -> html.append(row("removed", "-", line))));
      text.lines().forEach(line -> html.append(row("added", "+", line)));
      return html.append("</tbody></table></div>\n").toString();
    }

    private static String row(String kind, String sign, String line) {
      return "<tr class=\"" + kind + "\"><td class=\"sign\">" + sign + "</td><td class=\"code\">"
          + SqlInk.line(line) + "</td></tr>";
    }

    private String markup(String literal) {
      if (!own) {
        return Html.text(literal);
      }
      StringBuilder html = new StringBuilder();
      Matcher tag = TAG.matcher(literal);
      int at = 0;
      while (tag.find()) {
        html.append(angles(literal.substring(at, tag.start())));
        if (tag.group(2) != null) {
          html.append(ELEMENTS.contains(tag.group(2)) ? tag.group() : Html.text(tag.group()));
        }
        at = tag.end();
      }
      return html.append(angles(literal.substring(at))).toString();
    }

    /** Character references stay what they are. */
    private static String angles(String text) {
      return text.replace("<", "&lt;").replace(">", "&gt;");
    }
  }
}
