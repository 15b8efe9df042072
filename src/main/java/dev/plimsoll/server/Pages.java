package dev.plimsoll.server;

import dev.plimsoll.server.storage.ReviewLog;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The pages for people: recent reviews and one review. They need the administrator's token, as the password of HTTP Basic. */
public final class Pages {

  private static final int MOST_REVIEWS = 100;
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

  private final ReviewLog reviews;
  private final Optional<String> adminToken;
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

  Pages(ReviewLog reviews, Optional<String> adminToken) {
    this.reviews = reviews;
    this.adminToken = adminToken;
  }

  void route(RoutesConfig routes) {
    routes.get("/", this::home);
    routes.get("/review", this::review);
    routes.get(
        "/plimsoll.css",
        context -> context
            .contentType("text/css")
            .header("Cache-Control", "max-age=3600")
            .result(resource("static/plimsoll.css")));
  }

  /** Where the page of a review is, on this server. */
  static String pathOf(String target) {
    return "/review?of=" + URLEncoder.encode(target, StandardCharsets.UTF_8);
  }

  private void home(Context context) {
    if (isAllowed(context)) {
      render(
          context,
          "home.jte",
          Map.of("reviews", reviews.recent(MOST_REVIEWS), "now", Instant.now()));
    }
  }

  private void review(Context context) {
    if (!isAllowed(context)) {
      return;
    }
    Optional<ReviewLog.Entry> entry =
        Optional.ofNullable(context.queryParam("of")).flatMap(reviews::of);
    if (entry.isEmpty()) {
      context.status(404).result("there is no review of this change request here");
      return;
    }
    render(
        context,
        "review.jte",
        Map.of("review", entry.get(), "html", MarkdownHtml.of(entry.get().markdown())));
  }

  boolean isAllowed(Context context) {
    if (adminToken.isEmpty()) {
      context
          .status(403)
          .result("Plimsoll is running. Its pages are shown once PLIMSOLL_ADMIN_TOKEN is set.");
      return false;
    }
    if (password(context).filter(p -> same(p, adminToken.get())).isPresent()) {
      return true;
    }
    context
        .status(401)
        .header("WWW-Authenticate", "Basic realm=\"Plimsoll\", charset=\"UTF-8\"")
        .result("the administrator's token is needed");
    return false;
  }

  private static Optional<String> password(Context context) {
    String header = context.header("Authorization");
    if (header == null || !header.startsWith("Basic ")) {
      return Optional.empty();
    }
    try {
      String pair = new String(
          Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
      return Optional.of(pair.substring(pair.indexOf(':') + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  private void render(Context context, String template, Map<String, Object> model) {
    render(context, template, model, "'none'");
  }

  /**
   * @param formsGoTo where the page's forms may be sent, as a Content-Security-Policy source
   */
  void render(Context context, String template, Map<String, Object> model, String formsGoTo) {
    StringOutput output = new StringOutput();
    templates.render(template, model, output);
    context
        .header("Content-Security-Policy", POLICY + "; form-action " + formsGoTo)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-store")
        .html(output.toString());
  }

  static String resource(String name) {
    try (InputStream in = Pages.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** How long ago, for people: {@code 5 min ago}. */
  public static String ago(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    if (age.toMinutes() < 1) {
      return "just now";
    }
    if (age.toHours() < 1) {
      return age.toMinutes() + " min ago";
    }
    return age.toDays() < 1 ? age.toHours() + " h ago" : age.toDays() + " d ago";
  }
}
