package dev.plimsoll.forge;

import java.time.Instant;
import java.util.Optional;

/** A call to a forge did not succeed. What was asked for may or may not have happened. */
public final class ForgeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public enum Kind {
    /** Rate limit, outage, time-out, or not visible yet: the same call may succeed later. */
    RETRY_LATER,
    /** The thing is gone, or was never there. */
    NOT_FOUND,
    /** A permission is missing. */
    FORBIDDEN,
    /** The forge does not accept the request: a bug here, or a limit that was not known. */
    REFUSED
  }

  private final Kind kind;
  private final transient Optional<Instant> retryAt;

  public ForgeException(Kind kind, String message, Optional<Instant> retryAt, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAt = retryAt;
  }

  public ForgeException(Kind kind, String message) {
    this(kind, message, Optional.empty(), null);
  }

  public Kind kind() {
    return kind;
  }

  /** When the forge allows the next try, where it says so. */
  public Optional<Instant> retryAt() {
    return retryAt;
  }
}
