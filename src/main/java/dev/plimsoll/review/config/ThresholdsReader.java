package dev.plimsoll.review.config;

import dev.plimsoll.catalog.Bytes;
import dev.plimsoll.catalog.RowCount;
import dev.plimsoll.rules.Thresholds;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code thresholds}; what it leaves out keeps its default. */
final class ThresholdsReader {

  private ThresholdsReader() {}

  static Optional<Thresholds> read(Value value) {
    return value.section().flatMap(section -> {
      Thresholds usual = Thresholds.DEFAULT;
      Size tiny = size(section, "tiny", usual.tinyRows(), usual.tinyBytes());
      Size small = size(section, "small", usual.smallRows(), usual.smallBytes());
      Size large = size(section, "large", usual.largeRows(), usual.largeBytes());
      Optional<Section> hot = section.value("hot").flatMap(Value::section);
      double reads = rate(hot, "reads_per_second", usual.hotReads());
      double writes = rate(hot, "writes_per_second", usual.hotWrites());
      hot.ifPresent(Section::close);
      Optional<Section> block = section.value("block").flatMap(Value::section);
      Duration tolerable = duration(block, "tolerable", usual.tolerableBlock());
      Duration noticeable = duration(block, "noticeable", usual.noticeableBlock());
      block.ifPresent(Section::close);
      Duration lockTimeout =
          duration(Optional.of(section), "max_lock_timeout", usual.maxLockTimeout());
      section.close();
      if (!tiny.fits(small) || !small.fits(large)) {
        return value.wrong("must rise from tiny to small to large, in rows and in size");
      }
      if (noticeable.compareTo(tolerable) > 0) {
        return value.wrong(
            "must have a noticeable block that is not longer than the tolerable one");
      }
      return Optional.of(new Thresholds(
          tiny.rows(),
          tiny.bytes(),
          small.rows(),
          small.bytes(),
          large.rows(),
          large.bytes(),
          reads,
          writes,
          tolerable,
          noticeable,
          lockTimeout));
    });
  }

  private record Size(RowCount rows, Bytes bytes) {
    boolean fits(Size larger) {
      return rows.compareTo(larger.rows) <= 0 && bytes.compareTo(larger.bytes) <= 0;
    }
  }

  private static Size size(Section section, String key, RowCount rows, Bytes bytes) {
    Optional<Section> size = section.value(key).flatMap(Value::section);
    Size read = new Size(
        size.flatMap(s -> s.value("rows")).flatMap(Value::rows).orElse(rows),
        size.flatMap(s -> s.value("size")).flatMap(Value::bytes).orElse(bytes));
    size.ifPresent(Section::close);
    return read;
  }

  private static double rate(Optional<Section> section, String key, double usual) {
    return section.flatMap(s -> s.value(key)).flatMap(Value::perSecond).orElse(usual);
  }

  private static Duration duration(Optional<Section> section, String key, Duration usual) {
    return section.flatMap(s -> s.value(key)).flatMap(Value::duration).orElse(usual);
  }
}
