package dev.plimsoll.server.demo;

/** The demo does not do what a browser asked for. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status of HTTP
   * @param message for people
   */
  Refused(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
