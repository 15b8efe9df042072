package dev.plimsoll.checklist;

import dev.plimsoll.rules.Prose;
import dev.plimsoll.schema.Column;
import dev.plimsoll.schema.Constraint;
import dev.plimsoll.schema.Index;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.schema.Table;
import dev.plimsoll.sql.RelationName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** What is left of a migration when its down has run. The order of columns does not count: no ALTER TABLE can bring it back. */
final class SchemaDifference {

  private final List<Prose> found = new ArrayList<>();

  private SchemaDifference() {}

  static List<Prose> between(Schema before, Schema after) {
    SchemaDifference difference = new SchemaDifference();
    Set<RelationName> names = new TreeSet<>(before.changedTables().keySet());
    names.addAll(after.changedTables().keySet());
    names.addAll(before.removedTables());
    names.addAll(after.removedTables());
    for (RelationName name : names) {
      difference.table(name, before.table(name), after.table(name));
    }
    return difference.found;
  }

  private void table(RelationName name, Optional<Table> before, Optional<Table> after) {
    String shown = Schema.DEFAULT_SCHEMA.equals(name.schema().orElse(Schema.DEFAULT_SCHEMA))
        ? name.name()
        : name.toString();
    if (before.isEmpty() && after.isPresent()) {
      found.add(Prose.of("leaves table {} behind", Prose.code(shown)));
    } else if (before.isPresent() && after.isEmpty()) {
      found.add(Prose.of("does not bring table {} back", Prose.code(shown)));
    } else if (before.isPresent() && before.get() != after.get()) {
      parts(
          "column",
          shown,
          before.get().columns(),
          after.get().columns(),
          Column::name,
          SchemaDifference::same);
      parts(
          "index",
          shown,
          before.get().indexes(),
          after.get().indexes(),
          Index::name,
          SchemaDifference::same);
      parts(
          "constraint",
          shown,
          before.get().constraints(),
          after.get().constraints(),
          Constraint::name,
          SchemaDifference::same);
    }
  }

  private <T> void parts(
      String kind,
      String table,
      List<T> before,
      List<T> after,
      Function<T, String> name,
      BiPredicate<T, T> same) {
    Map<String, T> left = new LinkedHashMap<>();
    after.forEach(part -> left.put(name.apply(part), part));
    for (T part : before) {
      T now = left.remove(name.apply(part));
      String shown = table + "." + name.apply(part);
      if (now == null) {
        found.add(Prose.of("does not bring {} {} back", kind, Prose.code(shown)));
      } else if (!same.test(part, now)) {
        found.add(Prose.of("{} {} is not as it was", kind, Prose.code(shown)));
      }
    }
    left.keySet()
        .forEach(
            n -> found.add(Prose.of("leaves {} {} behind", kind, Prose.code(table + "." + n))));
  }

  private static boolean same(Column a, Column b) {
    return a.type().equals(b.type())
        && a.notNull() == b.notNull()
        && a.generated() == b.generated()
        && a.defaultSql()
            .map(SchemaDifference::bare)
            .equals(b.defaultSql().map(SchemaDifference::bare));
  }

  private static boolean same(Index a, Index b) {
    return a.keys().stream()
            .map(SchemaDifference::bare)
            .toList()
            .equals(b.keys().stream().map(SchemaDifference::bare).toList())
        && a.unique() == b.unique()
        && a.primary() == b.primary()
        && Objects.equals(a.method(), b.method())
        && a.predicate()
            .map(SchemaDifference::bare)
            .equals(b.predicate().map(SchemaDifference::bare));
  }

  /** A constraint that has been validated since is the better for it. */
  private static boolean same(Constraint a, Constraint b) {
    return a.definition().getClass() == b.definition().getClass()
        && bare(a.definition().toString()).equals(bare(b.definition().toString()));
  }

  /** SQL without casts, parentheses, spaces and case: the server prints an expression differently from how it was written. */
  private static String bare(String sql) {
    return sql.replaceAll("::[A-Za-z_][A-Za-z0-9_ ]*(\\([0-9, ]*\\))?(\\[\\])?", "")
        .replaceAll("notValid=(true|false)", "")
        .replaceAll("[\\s()]+", "")
        .toLowerCase(Locale.ROOT);
  }
}
