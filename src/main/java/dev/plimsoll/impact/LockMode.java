package dev.plimsoll.impact;

/**
 * PostgreSQL's table-level lock modes, from the weakest to the strongest. Which conflict is from the table in the PostgreSQL
 * documentation, chapter "Explicit Locking".
 */
public enum LockMode {
  ACCESS_SHARE("ACCESS SHARE"),
  ROW_SHARE("ROW SHARE"),
  ROW_EXCLUSIVE("ROW EXCLUSIVE"),
  SHARE_UPDATE_EXCLUSIVE("SHARE UPDATE EXCLUSIVE"),
  SHARE("SHARE"),
  SHARE_ROW_EXCLUSIVE("SHARE ROW EXCLUSIVE"),
  EXCLUSIVE("EXCLUSIVE"),
  ACCESS_EXCLUSIVE("ACCESS EXCLUSIVE");

  private final String sql;

  LockMode(String sql) {
    this.sql = sql;
  }

  /** As PostgreSQL writes it. */
  public String sql() {
    return sql;
  }

  /** SELECT waits. */
  public boolean blocksReads() {
    return this == ACCESS_EXCLUSIVE;
  }

  /** INSERT, UPDATE and DELETE wait. */
  public boolean blocksWrites() {
    return compareTo(SHARE) >= 0;
  }

  /** Other schema changes, VACUUM and ANALYZE wait. */
  public boolean blocksMaintenance() {
    return compareTo(SHARE_UPDATE_EXCLUSIVE) >= 0;
  }

  public LockMode strongest(LockMode other) {
    return compareTo(other) >= 0 ? this : other;
  }

  @Override
  public String toString() {
    return sql;
  }
}
