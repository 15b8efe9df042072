package dev.plimsoll.server.demo;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Lets only this page, in a browser on this machine, use the demo. Another site that a visitor has open may send requests here too: with a
 * name of its own that it lets point to this machine, which the Host header tells, or with a form, which lacks the page's token.
 */
final class Guard {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
          + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final String token;
  private final IntSupplier port;

  Guard(String token, IntSupplier port) {
    this.token = token;
    this.port = port;
  }

  String token() {
    return token;
  }

  /** Throws {@link Refused}. */
  void check(Context context) {
    context
        .header("Content-Security-Policy", POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Cache-Control", "no-store");
    Set<String> hosts = Set.of("127.0.0.1:" + port.getAsInt(), "localhost:" + port.getAsInt());
    String host = Optional.ofNullable(context.header("Host")).orElse("");
    if (!hosts.contains(host)) {
      throw new Refused(421, "The demo answers on http://127.0.0.1:" + port.getAsInt() + "/ only.");
    }
    boolean elsewhere = Optional.ofNullable(context.header("Origin"))
            .filter(o -> !o.equals("http://" + host))
            .isPresent()
        || Optional.ofNullable(context.header("Sec-Fetch-Site"))
            .filter(s -> s.equals("cross-site") || s.equals("same-site"))
            .isPresent();
    boolean reads = context.method() == HandlerType.GET || context.method() == HandlerType.HEAD;
    if (!reads && elsewhere) {
      throw new Refused(403, "This came from another site.");
    }
  }

  /** Of a form. Throws {@link Refused}. */
  void checkToken(Context context) {
    String given = Optional.ofNullable(context.formParam("token")).orElse("");
    if (!MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
      throw new Refused(403, "The page is out of date. Load it anew.");
    }
  }
}
