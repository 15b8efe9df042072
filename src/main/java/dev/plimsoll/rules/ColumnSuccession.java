package dev.plimsoll.rules;

import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.schema.Column;
import dev.plimsoll.schema.Index;
import dev.plimsoll.schema.Table;
import dev.plimsoll.schema.Words;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.Identifier;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.TableChange.AlterColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A new column that takes the place of one whose type cannot be changed in place: kept equal by a trigger, filled in batches, then given
 * the old one's name.
 */
final class ColumnSuccession {

  private static final Pattern SEQUENCE =
      Pattern.compile("nextval\\('([^']{1,200})'(?:::regclass)?\\)");

  private final Deployment deployment;
  private final Step step;
  private final RelationName table;
  private final AlterColumnType change;
  private final String successor;
  private final Stages stages;

  ColumnSuccession(Deployment deployment, Change<AlterColumnType> change) {
    this.deployment = deployment;
    this.step = change.step();
    this.table = change.table();
    this.change = change.command();
    this.successor = this.change.column() + "_new";
    this.stages = new Stages(deployment, step);
  }

  /** Absent where the table is not known, or other tables or expressions hang on the column. */
  Optional<Fix> fix() {
    Optional<Table> known = step.before().table(table);
    return known.flatMap(
        t -> t.column(change.column()).filter(c -> canBeSucceeded(t)).map(c -> sequence(t, c)));
  }

  private boolean canBeSucceeded(Table known) {
    boolean referenced = isKey(known) && !step.before().referencing(table).isEmpty();
    boolean inConstraint = known.constraints().stream()
        .anyMatch(c -> !c.name().equals(primaryKey(known).map(Index::name).orElse(""))
            && Words.contain(c.definition().toString(), change.column()));
    return !referenced
        && !inConstraint
        && plainIndexes(known).isPresent()
        && known.column(successor).isEmpty();
  }

  private Fix sequence(Table known, Column column) {
    List<Stage> sequence = new ArrayList<>();
    sequence.add(begin());
    String value = change
        .using()
        .map(Expression::sql)
        .orElse(quoted(change.column()) + "::" + change.type().sql());
    new Backfill(
            table,
            "UPDATE " + table.sql() + " SET " + quoted(successor) + " = " + value,
            Optional.of(
                quoted(successor) + " IS NULL AND " + quoted(change.column()) + " IS NOT NULL"),
            quoted(table.name()),
            true)
        .stage(step, "Fill the rows that exist, in batches")
        .ifPresent(sequence::add);
    List<String> indexes =
        plainIndexes(known).orElse(List.of()).stream().map(this::successorOf).toList();
    if (!indexes.isEmpty()) {
      sequence.add(Stages.outside(
          "Build its indexes; reads and writes go on", indexes.toArray(String[]::new)));
    }
    if (column.notNull()) {
      sequence.addAll(NotNullInSteps.of(deployment, step, table, successor));
    }
    sequence.add(takeOver(known, column));
    sequence.add(Stages.afterDeploying(
        Prose.of("Nothing misses the old column."),
        stages.brief("Drop the old column", Ddl.alter(table, "DROP COLUMN " + quoted(old())))));
    Prose summary =
        Prose.of("Let a column of the new type take over while reads and writes go on:");
    return new Fix.Sequence(summary, sequence);
  }

  private Stage begin() {
    String collation = change.collation().map(c -> " COLLATE " + quoted(c)).orElse("");
    String function = table.sibling(trigger()).sql();
    String assign = change.using().isEmpty()
        ? "NEW." + quoted(successor) + " := NEW." + quoted(change.column()) + "::"
            + change.type().sql() + ";"
        : "SELECT (" + change.using().get() + ") INTO NEW." + quoted(successor)
            + " FROM (SELECT NEW.*) AS " + quoted(table.name()) + ";";
    return stages.brief(
        "Add a column of the new type and keep it equal",
        Ddl.alter(table, "ADD COLUMN " + quoted(successor) + " " + change.type().sql() + collation),
        "CREATE FUNCTION " + function + "() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  "
            + assign + "\n  RETURN NEW;\nEND\n$$",
        "CREATE TRIGGER " + quoted(trigger()) + " BEFORE INSERT OR UPDATE ON " + table.sql()
            + " FOR EACH ROW EXECUTE FUNCTION " + function + "()");
  }

  private Stage takeOver(Table known, Column column) {
    List<String> statements = new ArrayList<>();
    statements.add("DROP TRIGGER " + quoted(trigger()) + " ON " + table.sql());
    statements.add("DROP FUNCTION " + table.sibling(trigger()).sql() + "()");
    Optional<Index> key = primaryKey(known).filter(i -> i.keys().contains(change.column()));
    key.ifPresent(i -> statements.add(Ddl.dropConstraint(table, i.name())));
    if (column.notNull()) {
      statements.add(Ddl.dropNotNull(table, change.column()));
    }
    statements.add(
        Ddl.alter(table, "RENAME COLUMN " + quoted(change.column()) + " TO " + quoted(old())));
    statements.add(
        Ddl.alter(table, "RENAME COLUMN " + quoted(successor) + " TO " + quoted(change.column())));
    column.defaultSql().filter(d -> !d.equals("nextval")).ifPresent(d -> {
      statements.add(Ddl.setDefault(table, change.column(), d));
      Matcher sequence = SEQUENCE.matcher(d);
      if (sequence.find()) {
        statements.add("ALTER SEQUENCE " + sequence.group(1) + " OWNED BY " + table.sql() + "."
            + quoted(change.column()));
      }
    });
    key.ifPresent(i -> statements.add(
        Ddl.addConstraint(table, i.name(), "PRIMARY KEY USING INDEX " + quoted(successorName(i)))));
    return stages.brief("Let it take the old one's place", statements.toArray(String[]::new));
  }

  /** The indexes on the column; absent when one of them holds an expression or a condition, which cannot be carried over from here. */
  private Optional<List<Index>> plainIndexes(Table known) {
    List<Index> found = new ArrayList<>();
    for (Index index : known.indexes()) {
      boolean mentions = index.keys().stream().anyMatch(k -> Words.contain(k, change.column()))
          || index.predicate().filter(p -> Words.contain(p, change.column())).isPresent();
      boolean plain = index.predicate().isEmpty()
          && index.keys().stream().allMatch(k -> known.column(k).isPresent());
      if (mentions && !plain) {
        return Optional.empty();
      }
      if (mentions) {
        found.add(index);
      }
    }
    return Optional.of(found);
  }

  private String successorOf(Index index) {
    List<String> keys = index.keys().stream()
        .map(k -> k.equals(change.column()) ? successor : k)
        .toList();
    return "CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX CONCURRENTLY "
        + quoted(successorName(index)) + " ON " + table.sql()
        + (index.method().equals("btree") ? " " : " USING " + quoted(index.method()) + " ")
        + Ddl.columns(keys);
  }

  private boolean isKey(Table known) {
    return known.indexes().stream().anyMatch(i -> i.unique() && i.keys().contains(change.column()));
  }

  private static Optional<Index> primaryKey(Table known) {
    return known.indexes().stream().filter(Index::primary).findFirst();
  }

  private static String successorName(Index index) {
    return Ddl.name(RelationName.of(index.name()), List.of(), "new");
  }

  private String trigger() {
    return Ddl.name(RelationName.of(table.name()), List.of(change.column()), "succession");
  }

  private String old() {
    return change.column() + "_old";
  }

  private static String quoted(String name) {
    return Identifier.quote(name);
  }
}
