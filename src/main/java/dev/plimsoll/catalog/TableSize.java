package dev.plimsoll.catalog;

import java.util.Optional;

/**
 * A table's size, over all its partitions.
 *
 * @param heap without indexes and TOAST
 * @param indexes all indexes together
 * @param partitions how many tables hold the rows; 1 for an ordinary table
 */
public record TableSize(
    Optional<RowCount> rows,
    Optional<Bytes> heap,
    Optional<Bytes> toast,
    Optional<Bytes> indexes,
    int partitions) {

  public static final TableSize UNKNOWN =
      new TableSize(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1);

  public boolean isKnown() {
    return rows.isPresent() || heap.isPresent();
  }

  /** Both together; what is unknown of one is unknown of the sum. */
  public TableSize plus(TableSize other) {
    return new TableSize(
        rows.flatMap(a -> other.rows.map(a::plus)),
        heap.flatMap(a -> other.heap.map(a::plus)),
        toast.flatMap(a -> other.toast.map(a::plus)),
        indexes.flatMap(a -> other.indexes.map(a::plus)),
        partitions + other.partitions);
  }

  /** Heap and TOAST: what a scan or a rewrite goes through. */
  public Optional<Bytes> data() {
    return heap.map(h -> h.plus(toast.orElse(Bytes.ZERO)));
  }

  /** Everything on disk. */
  public Optional<Bytes> total() {
    return data().map(d -> d.plus(indexes.orElse(Bytes.ZERO)));
  }

  /** False only when the server says that there are none. */
  public boolean mayHaveRows() {
    boolean emptyHeap = heap.filter(h -> h.value() == 0).isPresent();
    return !emptyHeap && rows.map(r -> r.value() > 0).orElse(true);
  }
}
