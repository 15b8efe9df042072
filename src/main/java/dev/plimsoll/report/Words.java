package dev.plimsoll.report;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.RowCount;
import dev.plimsoll.impact.Estimate;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.sql.SourceSpan;
import java.util.Locale;
import java.util.OptionalDouble;

/** The small phrases that all reports share. Plain text. */
final class Words {

  private Words() {}

  static String count(int number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }

  static String place(SourceSpan span) {
    return span.file() + ":" + span.line();
  }

  static String rows(Exposure exposure) {
    return exposure.isNew()
        ? "new"
        : exposure.size().rows().map(RowCount::toString).orElse("unknown");
  }

  static String size(Exposure exposure) {
    return exposure.isNew()
        ? "new"
        : exposure.size().total().map(Bytes::toString).orElse("unknown");
  }

  static String rate(OptionalDouble perSecond) {
    if (perSecond.isEmpty()) {
      return "unknown";
    }
    double value = perSecond.getAsDouble();
    return value > 0 && value < 1 ? "under 1" : String.format(Locale.ROOT, "%,.0f", value);
  }

  static String waits(LockMode mode) {
    return mode.blocksReads()
        ? "reads and writes wait"
        : mode.blocksWrites()
            ? "writes wait"
            : mode.blocksMaintenance() ? "schema changes wait" : "nobody waits";
  }

  static String duration(Estimate estimate) {
    return switch (estimate) {
      case Estimate.Known known -> known.range().toString();
      case Estimate.Unknown unknown -> "unknown";
    };
  }
}
