package pgquery;

/** Something that a person has to do before the build can go on; the message says what. */
final class BuildStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BuildStopped(String message) {
    super(message);
  }
}
