package dev.plimsoll.rules;

import dev.plimsoll.sql.Identifier;
import dev.plimsoll.sql.RelationName;
import java.util.Optional;

/**
 * A CREATE INDEX as its author wrote it, taken apart just far enough to put CONCURRENTLY or another table in.
 *
 * @param name as written
 * @param keys all behind the table's name: method, columns, INCLUDE, WHERE
 */
record IndexSql(boolean unique, boolean ifNotExists, Optional<String> name, String keys) {

  static Optional<IndexSql> parse(String sql) {
    SqlCursor cursor = new SqlCursor(sql);
    if (!cursor.take("CREATE")) {
      return Optional.empty();
    }
    boolean unique = cursor.take("UNIQUE");
    if (!cursor.take("INDEX")) {
      return Optional.empty();
    }
    cursor.take("CONCURRENTLY");
    boolean ifNotExists = cursor.take("IF") && cursor.take("NOT") && cursor.take("EXISTS");
    boolean unnamed = cursor.take("ON");
    Optional<String> name = unnamed ? Optional.empty() : cursor.takeName();
    if (!unnamed && !cursor.take("ON")) {
      return Optional.empty();
    }
    cursor.take("ONLY");
    return cursor.takeName().map(table -> new IndexSql(unique, ifNotExists, name, cursor.rest()));
  }

  String concurrently(RelationName table) {
    return create(
        " CONCURRENTLY", ifNotExists ? " IF NOT EXISTS" : "", name.orElse(""), table.sql());
  }

  String plain(RelationName table) {
    return create("", ifNotExists ? " IF NOT EXISTS" : "", name.orElse(""), table.sql());
  }

  /** The partitioned table's own index, without its partitions'. */
  String onOnly(RelationName table, String indexName) {
    return create("", "", Identifier.quote(indexName), "ONLY " + table.sql());
  }

  String onPartition(RelationName partition, String indexName) {
    return create(" CONCURRENTLY", "", Identifier.quote(indexName), partition.sql());
  }

  private String create(String concurrently, String condition, String indexName, String table) {
    return "CREATE " + (unique ? "UNIQUE " : "") + "INDEX" + concurrently + condition
        + (indexName.isEmpty() ? "" : " " + indexName) + " ON " + table + " " + keys;
  }
}
