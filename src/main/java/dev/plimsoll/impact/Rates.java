package dev.plimsoll.impact;

/**
 * How fast a server works. The defaults are ranges for ordinary production hardware (network storage, shared with traffic); a
 * calibrated server has narrower ones. Their shape (what is linear in bytes, what in rows) is from measurements on PostgreSQL 17.
 *
 * @param scan reading a table and testing each row
 * @param rewrite reading a table and writing it anew, with WAL
 * @param indexEntry sorting and writing one index entry, in a table of a million rows
 * @param foreignKeyCheck looking one key up in the referenced table
 * @param update changing one row, with WAL and index entries
 */
public record Rates(
    ByteRate scan,
    ByteRate rewrite,
    RowRate indexEntry,
    RowRate foreignKeyCheck,
    RowRate update,
    RowRate delete,
    RowRate insert) {

  public static final Rates DEFAULT = new Rates(
      new ByteRate(200, 800),
      new ByteRate(60, 160),
      new RowRate(0.5, 1.6),
      new RowRate(0.4, 1.6),
      new RowRate(8, 30),
      new RowRate(1, 5),
      new RowRate(2, 8));
}
