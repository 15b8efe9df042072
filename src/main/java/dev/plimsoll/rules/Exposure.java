package dev.plimsoll.rules;

import dev.plimsoll.catalog.TableSize;
import dev.plimsoll.catalog.Traffic;
import dev.plimsoll.sql.RelationName;

/**
 * A table as a deployment meets it: how large, how busy.
 *
 * @param hot reads or writes above the thresholds
 */
public record Exposure(
    RelationName table, SizeBand band, boolean hot, TableSize size, Traffic traffic) {

  /** Nobody would notice: made by this deployment, empty, or tiny and idle. */
  public boolean isNegligible() {
    return band == SizeBand.NEW || (band == SizeBand.TINY && !hot);
  }

  public boolean isNew() {
    return band == SizeBand.NEW;
  }

  public boolean isUnknown() {
    return band == SizeBand.UNKNOWN;
  }

  /** False only when it is known that there are none. */
  public boolean mayHaveRows() {
    return band != SizeBand.NEW && size.mayHaveRows();
  }
}
