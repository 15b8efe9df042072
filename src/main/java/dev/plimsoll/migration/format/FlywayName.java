package dev.plimsoll.migration.format;

import dev.plimsoll.migration.MigrationOrder;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file name as Flyway's default settings understand it: {@code V1.2__add_status.sql}.
 *
 * @param version as written, empty where the kind has none
 * @param description as written, may be empty; for a callback the event and what follows it
 * @param lowerCasePrefix {@code v1__x.sql}, which Flyway passes over unless its prefixes are configured
 */
record FlywayName(Kind kind, String version, String description, boolean lowerCasePrefix) {

  enum Kind {
    VERSIONED("V"),
    UNDO("U"),
    REPEATABLE("R"),
    BASELINE("B"),
    /** Runs with every deployment. */
    MIGRATE_CALLBACK(""),
    /** Runs with {@code flyway clean}, {@code info}, {@code undo} and the like. */
    OTHER_CALLBACK("");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /** No file system that a repository is checked out to has longer names. */
  private static final int LONGEST = 255;

  private static final Pattern NAME = Pattern.compile(
      "([VURBvurb])([0-9]+(?:[._][0-9]+)*)?(?:__(.*))?\\.[sS][qQ][lL]", Pattern.DOTALL);
  private static final Pattern CALLBACK =
      Pattern.compile("([a-z][A-Za-z]{5,40})(?:__(.*))?\\.[sS][qQ][lL]", Pattern.DOTALL);

  /** Events in the course of {@code flyway migrate} that come before the versioned migrations. */
  private static final Set<String> BEFORE = Set.of(
      "beforeConnect",
      "afterConnect",
      "beforeCreateSchema",
      "createSchema",
      "beforeValidate",
      "afterValidate",
      "afterValidateError",
      "beforeMigrate",
      "beforeEachMigrate",
      "beforeEachMigrateStatement");

  private static final Set<String> BETWEEN = Set.of("afterVersioned", "beforeRepeatables");

  private static final Set<String> AFTER = Set.of(
      "afterEachMigrate",
      "afterEachMigrateError",
      "afterEachMigrateStatement",
      "afterEachMigrateStatementError",
      "afterMigrate",
      "afterMigrateApplied",
      "afterMigrateError",
      "afterMigrateOperationFinish");

  private static final Pattern OTHER_EVENT =
      Pattern.compile("before(Clean|Info|Baseline|Repair|(Each)?Undo(Statement)?)"
          + "|after(Clean|Info|Baseline|Repair|(Each)?Undo(Statement)?)(Error|OperationFinish)?");

  static Optional<FlywayName> of(String fileName) {
    if (fileName.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher name = NAME.matcher(fileName);
    if (name.matches()) {
      return versionedOrRepeatable(name);
    }
    Matcher callback = CALLBACK.matcher(fileName);
    if (!callback.matches()) {
      return Optional.empty();
    }
    String event = callback.group(1);
    String description = callback.group(2) == null ? event : event + "__" + callback.group(2);
    if (BEFORE.contains(event) || BETWEEN.contains(event) || AFTER.contains(event)) {
      return Optional.of(new FlywayName(Kind.MIGRATE_CALLBACK, "", description, false));
    }
    return OTHER_EVENT.matcher(event).matches()
        ? Optional.of(new FlywayName(Kind.OTHER_CALLBACK, "", description, false))
        : Optional.empty();
  }

  private static Optional<FlywayName> versionedOrRepeatable(Matcher name) {
    String prefix = name.group(1).toUpperCase(Locale.ROOT);
    Kind kind = switch (prefix) {
      case "V" -> Kind.VERSIONED;
      case "U" -> Kind.UNDO;
      case "B" -> Kind.BASELINE;
      default -> Kind.REPEATABLE;
    };
    boolean hasVersion = name.group(2) != null;
    boolean hasDescription = name.group(3) != null;
    boolean valid = kind == Kind.REPEATABLE ? !hasVersion && hasDescription : hasVersion;
    if (!valid) {
      return Optional.empty();
    }
    return Optional.of(new FlywayName(
        kind,
        hasVersion ? name.group(2) : "",
        hasDescription ? name.group(3) : "",
        !prefix.equals(name.group(1))));
  }

  /** The order in which {@code flyway migrate} runs what it finds. */
  MigrationOrder order() {
    return switch (kind) {
      case VERSIONED, UNDO, BASELINE -> MigrationOrder.versioned(version, description);
      case REPEATABLE -> MigrationOrder.repeatable(description.replace('_', ' '));
      case MIGRATE_CALLBACK, OTHER_CALLBACK -> callbackOrder();
    };
  }

  private MigrationOrder callbackOrder() {
    String event = description.split("__", 2)[0];
    if (AFTER.contains(event)) {
      return new MigrationOrder(true, List.of(BigInteger.ONE), description);
    }
    boolean behindVersioned = BETWEEN.contains(event);
    return new MigrationOrder(behindVersioned, List.of(BigInteger.ONE.negate()), description);
  }

  /** Hardly anything but Flyway names files like that. */
  boolean isDistinctive() {
    return !description.isEmpty() && !description.startsWith("createSchema");
  }

  /** The version without what does not count in it: {@code 1.02_0} and {@code 1_2} are one. */
  String versionKey() {
    return MigrationOrder.versioned(version, "").version().toString();
  }

  /** The file name with the prefix of another kind. */
  String named(Kind other) {
    return other.prefix + version + (description.isEmpty() ? "" : "__" + description) + ".sql";
  }
}
