package dev.plimsoll.catalog;

import dev.plimsoll.schema.Table;
import dev.plimsoll.sql.RelationName;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one table of production. A partitioned table has no rows of its own: ask {@link Catalog#sizeOf} for its total.
 *
 * @param rows absent when the server does not know (never analysed)
 * @param heap the table itself, without indexes and TOAST
 * @param toast values stored out of line, with their index
 * @param indexBytes by index name
 * @param nullFractions by column name, 0 to 1, where the server has statistics
 */
public record TableFacts(
    Table table,
    Optional<RowCount> rows,
    Optional<Bytes> heap,
    Optional<Bytes> toast,
    Map<String, Bytes> indexBytes,
    Map<String, Double> nullFractions,
    Traffic traffic) {

  public TableFacts {
    indexBytes = Map.copyOf(indexBytes);
    nullFractions = Map.copyOf(nullFractions);
  }

  public RelationName name() {
    return table.name();
  }
}
