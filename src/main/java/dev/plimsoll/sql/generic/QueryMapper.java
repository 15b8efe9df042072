package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.Delete;
import dev.plimsoll.sql.Statement.Insert;
import dev.plimsoll.sql.Statement.Unmodelled;
import dev.plimsoll.sql.Statement.Update;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.Values;
import net.sf.jsqlparser.util.TablesNamesFinder;

/** Reads SELECT, INSERT, UPDATE and DELETE with JSqlParser. */
final class QueryMapper {
  private final BoundedParser parser;
  private final GenericExpressions expressions;
  private final Dialect dialect;

  QueryMapper(BoundedParser parser, GenericExpressions expressions, Dialect dialect) {
    this.parser = parser;
    this.expressions = expressions;
    this.dialect = dialect;
  }

  /**
   * @param kind the first keyword
   * @param named the table that the tokens name
   * @param statement all its tokens
   */
  Statement read(String sql, String kind, List<RelationName> named, Cursor statement) {
    // with a placeholder the text that is parsed is not the one that stands in the source
    boolean hasPlaceholder = statement.text(statement.start(), statement.end()).contains("${");
    Optional<Parsed> parsed = hasPlaceholder
        ? Optional.empty()
        : parser.parse(sql, tree -> Optional.of(map(tree, kind, named)));
    return parsed
        .map(read -> withCondition(read, statement))
        .orElseGet(() -> new Unmodelled(kind, named));
  }

  /** A statement, and whether it has a condition that is still to be read. */
  private record Parsed(Statement statement, boolean hasCondition) {
    Parsed(Statement statement) {
      this(statement, false);
    }
  }

  private Parsed map(
      net.sf.jsqlparser.statement.Statement tree, String kind, List<RelationName> named) {
    return switch (tree) {
      case net.sf.jsqlparser.statement.insert.Insert insert
      when insert.getWithItemsList() == null -> new Parsed(insert(insert));
      case net.sf.jsqlparser.statement.update.Update update ->
        new Parsed(update(update, kind), update.getWhere() != null);
      case net.sf.jsqlparser.statement.delete.Delete delete ->
        new Parsed(delete(delete, kind), delete.getWhere() != null);
      case Select select -> new Parsed(new Statement.Select(tables(select), functions(select)));
      default -> new Parsed(new Unmodelled(kind, union(named, tables(tree))));
    };
  }

  private Statement withCondition(Parsed parsed, Cursor cursor) {
    if (!parsed.hasCondition()) {
      return parsed.statement();
    }
    return switch (parsed.statement()) {
      case Update update ->
        new Update(update.table(), update.columns(), Optional.of(condition(cursor)));
      case Delete delete -> new Delete(delete.table(), Optional.of(condition(cursor)));
      case Statement other -> other;
    };
  }

  private Statement insert(net.sf.jsqlparser.statement.insert.Insert insert) {
    boolean fromQuery = insert.getSelect() != null && !(insert.getSelect() instanceof Values);
    List<RelationName> reads = insert.getSelect() == null
        ? List.of()
        : tables((net.sf.jsqlparser.statement.Statement) insert.getSelect());
    return new Insert(relation(insert.getTable()), fromQuery, reads);
  }

  /** An UPDATE of a join may write to each of its tables. */
  private Statement update(net.sf.jsqlparser.statement.update.Update update, String kind) {
    boolean joins = notEmpty(update.getStartJoins())
        || notEmpty(update.getJoins())
        || update.getFromItem() != null;
    if (joins || notEmpty(update.getWithItemsList()) || update.getUpdateSets() == null) {
      return new Unmodelled(kind, tables(update));
    }
    Set<String> columns = new LinkedHashSet<>();
    update
        .getUpdateSets()
        .forEach(set ->
            set.getColumns().forEach(column -> columns.add(dialect.fold(column.getColumnName()))));
    return new Update(relation(update.getTable()), List.copyOf(columns), Optional.empty());
  }

  private Statement delete(net.sf.jsqlparser.statement.delete.Delete delete, String kind) {
    boolean several = notEmpty(delete.getTables())
        || notEmpty(delete.getJoins())
        || notEmpty(delete.getUsingFromItemList());
    if (several || notEmpty(delete.getWithItemsList()) || delete.getTable() == null) {
      return new Unmodelled(kind, tables(delete));
    }
    return new Delete(relation(delete.getTable()), Optional.empty());
  }

  /** As it stands in the source: JSqlParser's own rendering is laid out anew. */
  private Expression condition(Cursor statement) {
    statement.goTo(statement.start());
    int from = Math.min(statement.find("WHERE") + 1, statement.end());
    statement.goTo(from);
    int behind = Stream.of("ORDER", "LIMIT", "RETURNING", "OPTION")
        .mapToInt(statement::find)
        .min()
        .orElseThrow();
    return expressions.condition(statement.text(from, behind));
  }

  /** The relations that a query names. */
  List<RelationName> tables(String query) {
    return parser.parse(query, tree -> Optional.of(tables(tree))).orElse(List.of());
  }

  private List<RelationName> tables(net.sf.jsqlparser.statement.Statement statement) {
    try {
      List<RelationName> relations = new ArrayList<>();
      for (String name : new TreeSet<>(new TablesNamesFinder<Void>().getTables(statement))) {
        named(name).ifPresent(relations::add);
      }
      return relations;
    } catch (UnsupportedOperationException notAmongItsStatements) {
      return List.of();
    }
  }

  private List<String> functions(Select select) {
    Set<String> found = new TreeSet<>();
    new FunctionFinder(found).getTables((net.sf.jsqlparser.statement.Statement) select);
    return List.copyOf(found);
  }

  /** A name in parts, as JSqlParser gives it: quoted as it was. */
  private Optional<RelationName> named(String written) {
    SourceText source = new SourceText("", written);
    List<Lexeme> lexemes =
        GenericLexer.lex(source, dialect, 0, written.length()).lexemes();
    return new Cursor(source, dialect, lexemes, 0, lexemes.size()).relation();
  }

  private RelationName relation(Table table) {
    Optional<String> schema = Optional.ofNullable(table.getSchemaName()).map(dialect::fold);
    return new RelationName(schema, dialect.fold(table.getName()));
  }

  private static List<RelationName> union(List<RelationName> first, List<RelationName> second) {
    Set<RelationName> all = new LinkedHashSet<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  private static boolean notEmpty(List<?> list) {
    return list != null && !list.isEmpty();
  }

  /** Finds the functions on the way through a query that JSqlParser has for its tables. */
  private static final class FunctionFinder extends TablesNamesFinder<Void> {
    private final Set<String> found;

    FunctionFinder(Set<String> found) {
      this.found = found;
    }

    @Override
    public <S> Void visit(net.sf.jsqlparser.expression.Function function, S context) {
      found.add(function.getName().toLowerCase(Locale.ROOT));
      return super.visit(function, context);
    }
  }
}
