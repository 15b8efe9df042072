package dev.plimsoll.server.storage;

import java.sql.SQLException;

/** The database did not do what it was asked. */
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StorageException(SQLException cause) {
    super("the state database failed: " + cause.getMessage(), cause);
  }
}
