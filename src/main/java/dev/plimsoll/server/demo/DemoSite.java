package dev.plimsoll.server.demo;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The forge's page: the pull requests, and forms to comment, push and start over. Without its script it works, but shows no news by itself. */
final class DemoSite implements AutoCloseable {

  private static final long LARGEST_REQUEST = 64 * 1024;

  /** The parts of the page that change, each a template. */
  private static final Map<String, String> PARTS = parts();

  private final PageViews views;
  private final Playground playground;
  private final Guard guard;
  private final Javalin http;
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

  /**
   * @param token what the page's forms must carry
   */
  DemoSite(PageViews views, Playground playground, String token) {
    this.views = views;
    this.playground = playground;
    this.guard = new Guard(token, this::port);
    this.http = Javalin.create(config -> {
      config.startup.showJavalinBanner = false;
      config.concurrency.useVirtualThreads = true;
      config.http.maxRequestSize = LARGEST_REQUEST;
      route(config.routes);
    });
  }

  private void route(RoutesConfig routes) {
    routes.before(guard::check);
    routes.exception(
        Refused.class,
        (refused, context) -> context.status(refused.status()).result(refused.getMessage()));
    routes.get(
        "/",
        context -> context.redirect(
            "/changes/" + playground.all().getFirst().scenario().slug()));
    routes.get("/changes/{slug}", this::page);
    routes.get("/changes/{slug}/live", this::live);
    routes.post(
        "/changes/{slug}/comments",
        context -> act(
            context,
            slug -> playground.comment(
                slug,
                form(context, "as"),
                form(context, "body"),
                Optional.of(form(context, "thread")).filter(t -> !t.isEmpty()))));
    routes.post("/changes/{slug}/push", context -> act(context, playground::push));
    routes.post("/changes/{slug}/restart", context -> act(context, playground::restart));
    routes.post(
        "/changes/{slug}/buttons",
        context -> act(
            context, slug -> playground.press(slug, form(context, "as"), form(context, "button"))));
    asset(routes, "demo.css", "text/css");
    asset(routes, "demo.js", "text/javascript");
    asset(routes, "mark.svg", "image/svg+xml");
  }

  private static void asset(RoutesConfig routes, String name, String type) {
    routes.get(
        "/" + name,
        context ->
            context.contentType(type + "; charset=utf-8").result(Resources.text("static/" + name)));
  }

  private void page(Context context) {
    PageView view = view(context);
    StringOutput output = new StringOutput();
    templates.render(
        "demo/page.jte",
        Map.of("view", view, "token", guard.token(), "version", version(view)),
        output);
    context.html(output.toString());
  }

  /** The parts that changed; 204 when the page is up to date. */
  private void live(Context context) {
    PageView view = view(context);
    String version = version(view);
    if (version.equals(context.queryParam("seen"))) {
      context.status(204);
      return;
    }
    Map<String, String> parts = new LinkedHashMap<>();
    PARTS.forEach((id, template) -> {
      StringOutput output = new StringOutput();
      templates.render(template, Map.of("view", view, "token", guard.token()), output);
      parts.put(id, output.toString());
    });
    context.json(new Live(
        version,
        view.change().settled(),
        view.change().checks().stream().map(Standing::of).toList(),
        parts));
  }

  /**
   * What a page that is open asks for again and again.
   *
   * @param settled nothing is on its way, so that there is no hurry to ask again
   * @param parts HTML by the id of the element that it fills
   */
  private record Live(
      String version, boolean settled, List<Standing> checks, Map<String, String> parts) {}

  private record Standing(String name, String state, String title) {
    static Standing of(PageView.Check check) {
      return new Standing(check.name(), check.light().css(), check.title());
    }
  }

  private PageView view(Context context) {
    return views.of(playground.all(), playground.of(context.pathParam("slug")));
  }

  private static String version(PageView view) {
    return Integer.toHexString(view.hashCode());
  }

  @FunctionalInterface
  private interface Act {
    void on(String slug);
  }

  private void act(Context context, Act act) {
    guard.checkToken(context);
    String slug = context.pathParam("slug");
    act.on(slug);
    if ("script".equals(context.header("X-Requested-By"))) {
      context.status(204);
    } else {
      context.redirect("/changes/" + playground.of(slug).scenario().slug(), HttpStatus.SEE_OTHER);
    }
  }

  private static String form(Context context, String name) {
    return Optional.ofNullable(context.formParam(name)).orElse("");
  }

  private static Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("list", "demo/list.jte");
    parts.put("head", "demo/head.jte");
    parts.put("guide", "demo/guide.jte");
    parts.put("checks", "demo/checks.jte");
    parts.put("files", "demo/files.jte");
    parts.put("timeline", "demo/timeline.jte");
    return parts;
  }

  /**
   * @throws IOException when the port is taken
   */
  void start(int port) throws IOException {
    try {
      http.start(InetAddress.getLoopbackAddress().getHostAddress(), port);
    } catch (JavalinBindException e) {
      throw new IOException(
          "port " + port + " is taken; choose another one, or 0 for any that is free", e);
    }
  }

  private int port() {
    return http.port();
  }

  URI url() {
    return URI.create(
        "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port() + "/");
  }

  @Override
  public void close() {
    http.stop();
  }
}
