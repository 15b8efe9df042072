package dev.plimsoll.impact.postgres;

import dev.plimsoll.impact.Situation;
import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.TableChange.AlterColumnType;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What changing a column's type costs. Proved by the conformance cases of class "ALTER TYPE".
 */
final class ColumnTypeChange {

  sealed interface Result {
    /** Only the catalog changes. Indexes on the column are kept as they are when {@code sameOrder}; otherwise they are built anew. */
    record CatalogOnly(boolean sameOrder) implements Result {}

    /**
     * @param failsWhen the SQLSTATE and the condition under which a value does not fit
     */
    record Rewrites(String reason, Optional<String> sqlState, Optional<String> failsWhen)
        implements Result {}

    record Refused(String sqlState, String reason) implements Result {}

    /** The present type, or the new one, is not known well enough. */
    record Unknown(String assumption) implements Result {}
  }

  private static final int MAX_TIME_PRECISION = 6;

  private final Situation situation;

  ColumnTypeChange(Situation situation) {
    this.situation = situation;
  }

  Result of(Optional<DataType> present, AlterColumnType change) {
    DataType to = change.type();
    if (present.isEmpty()) {
      return new Result.Unknown("the present type of \"" + change.column() + "\" is not known");
    }
    DataType from = present.get();
    boolean plain = change.using().isEmpty() || isPlainCast(change.using().get(), change.column());
    if (!plain) {
      return rewrites("USING computes a new value for every row", "", "");
    }
    if (change.collation().isPresent()
        && from.name().equals(to.name())
        && from.modifiers().equals(to.modifiers())) {
      return new Result.CatalogOnly(false);
    }
    if (from.isArray() || to.isArray()) {
      return from.equals(to)
          ? new Result.CatalogOnly(true)
          : rewrites("each array is converted", "", "");
    }
    if (isCitext(from) != isCitext(to) && isTextLike(from) && isTextLike(to)) {
      return to.modifiers().isEmpty()
          ? new Result.CatalogOnly(false)
          : rewrites("each value is checked against the new length", "22001", "a value is longer");
    }
    if (from.name().equals(to.name())) {
      return sameName(from, to);
    }
    if (!SystemCatalog.isBuiltInType(from.name()) || !SystemCatalog.isBuiltInType(to.name())) {
      return userDefined(from, to, change.using().isPresent());
    }
    return otherName(from, to, change.using().isPresent());
  }

  private Result sameName(DataType from, DataType to) {
    if (from.modifiers().equals(to.modifiers())) {
      return new Result.CatalogOnly(true);
    }
    boolean widens = switch (from.name()) {
      case "varchar", "varbit" ->
        to.modifiers().isEmpty() || (!from.modifiers().isEmpty() && first(to) >= first(from));
      case "numeric" ->
        to.modifiers().isEmpty()
            || (!from.modifiers().isEmpty()
                && first(to) >= first(from)
                && scale(to) == scale(from));
      case "timestamp", "timestamptz", "time", "timetz", "interval" ->
        precision(to) >= precision(from);
      default -> false;
    };
    if (widens) {
      return new Result.CatalogOnly(true);
    }
    return switch (from.name()) {
      case "varchar", "varbit", "bit", "bpchar" ->
        rewrites(
            "each value is checked against the new length",
            "22001",
            "a value is longer than the new length");
      case "numeric" ->
        rewrites(
            "each value is rounded and checked against the new precision",
            "22003",
            "a value has more digits than the new precision");
      default -> rewrites("each value is rounded to the new precision", "", "");
    };
  }

  private Result otherName(DataType from, DataType to, boolean using) {
    int version = situation.majorVersion();
    if (isTimestampPair(from, to)) {
      if (situation.timeZoneIsUtc() && precision(to) >= precision(from)) {
        return new Result.CatalogOnly(false);
      }
      return rewrites("each value is converted by the server's time zone", "", "");
    }
    boolean binary = SystemCatalog.cast(from.name(), to.name(), version)
        .filter(m -> m == SystemCatalog.CastMethod.BINARY)
        .isPresent();
    if (binary) {
      return to.modifiers().isEmpty()
          ? new Result.CatalogOnly(haveSameOrder(from, to))
          : rewrites(
              "each value is checked against the new length",
              "22001",
              "a value is longer than the new length");
    }
    boolean assignable = SystemCatalog.isAssignable(from.name(), to.name(), version);
    if (!assignable && !using) {
      return new Result.Refused(
          "42804",
          "column cannot be cast automatically from " + from.sql() + " to " + to.sql()
              + ": a USING clause is needed");
    }
    return rewrites(
        "each " + from.sql() + " is converted to " + to.sql(),
        conversionError(from, to),
        "a value does not fit the new type");
  }

  private static Result userDefined(DataType from, DataType to, boolean using) {
    boolean toText = SystemCatalog.isText(to.name());
    if (toText || using) {
      return rewrites(
          "each value is converted to " + to.sql(),
          toText ? "" : "22P02",
          "a value is not one of the new type's");
    }
    return new Result.Unknown(
        "whether " + from.sql() + " can become " + to.sql() + " without conversion is not known");
  }

  private static String conversionError(DataType from, DataType to) {
    if (SystemCatalog.isText(from.name())) {
      return "22P02";
    }
    return switch (to.name()) {
      case "int2", "int4" -> from.name().equals("int2") ? "" : "22003";
      case "int8" -> from.name().equals("int2") || from.name().equals("int4") ? "" : "22003";
      default -> "";
    };
  }

  private static Result rewrites(String reason, String sqlState, String failsWhen) {
    return new Result.Rewrites(
        reason,
        Optional.of(sqlState).filter(s -> !s.isEmpty()),
        Optional.of(failsWhen).filter(s -> !s.isEmpty() && !sqlState.isEmpty()));
  }

  /** {@code col}, {@code col::type} and {@code CAST(col AS type)} say no more than leaving USING out. */
  static boolean isPlainCast(Expression using, String column) {
    if (!using.functions().isEmpty() || !using.columns().equals(java.util.Set.of(column))) {
      return false;
    }
    String name = "\"?" + Pattern.quote(column) + "\"?";
    String type = "[\\w .\"]+(\\([\\d, ]+\\))?( with(out)? time zone)?(\\[\\])*";
    String sql = using.sql().strip();
    return Pattern.compile("(?i)\\(?\\s*" + name + "\\s*\\)?(\\s*::\\s*" + type + ")?")
            .matcher(sql)
            .matches()
        || Pattern.compile("(?i)cast\\s*\\(\\s*" + name + "\\s+as\\s+" + type + "\\s*\\)")
            .matcher(sql)
            .matches();
  }

  private static boolean isTimestampPair(DataType from, DataType to) {
    return (from.name().equals("timestamp") && to.name().equals("timestamptz"))
        || (from.name().equals("timestamptz") && to.name().equals("timestamp"));
  }

  /** Indexes stay valid: both types sort by the same operator class. */
  private static boolean haveSameOrder(DataType from, DataType to) {
    return (isTextOrVarchar(from) && isTextOrVarchar(to))
        || (from.name().equals("cidr") && to.name().equals("inet"));
  }

  private static boolean isTextOrVarchar(DataType type) {
    return type.name().equals("text") || type.name().equals("varchar");
  }

  private static boolean isTextLike(DataType type) {
    return isTextOrVarchar(type) || isCitext(type);
  }

  private static boolean isCitext(DataType type) {
    return type.name().equals("citext");
  }

  private static int first(DataType type) {
    return type.modifiers().getFirst();
  }

  private static int scale(DataType type) {
    return type.modifiers().size() > 1 ? type.modifiers().get(1) : 0;
  }

  private static int precision(DataType type) {
    return type.modifiers().isEmpty() ? MAX_TIME_PRECISION : type.modifiers().getLast();
  }
}
