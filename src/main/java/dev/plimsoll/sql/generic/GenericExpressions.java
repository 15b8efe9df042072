package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.Expression.Kind;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.ExpressionVisitorAdapter;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.JdbcNamedParameter;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.NextValExpression;
import net.sf.jsqlparser.expression.TimeKeyExpression;
import net.sf.jsqlparser.expression.UserVariable;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;

/** Reads expressions with JSqlParser. */
final class GenericExpressions {
  private static final Pattern LITERAL = Pattern.compile(
      "[-+]?[0-9][0-9.eE]*|(?:[nNxXbB])?'[^']*+(?:''[^']*+)*+'|TRUE|FALSE",
      Pattern.CASE_INSENSITIVE);

  /** Functions that are called without brackets. */
  private static final Set<String> BARE_FUNCTIONS = Set.of(
      "sysdate",
      "systimestamp",
      "current_date",
      "current_time",
      "current_timestamp",
      "localtime",
      "localtimestamp",
      "current_user",
      "session_user",
      "user",
      "uid");

  private final BoundedParser parser;
  private final Dialect dialect;

  GenericExpressions(BoundedParser parser, Dialect dialect) {
    this.parser = parser;
    this.dialect = dialect;
  }

  Expression value(String sql) {
    return read(sql, "SELECT " + sql, false);
  }

  Expression condition(String sql) {
    return read(sql, "SELECT 1 FROM t WHERE " + sql, true);
  }

  private Expression read(String sql, String query, boolean isCondition) {
    String bare = withoutBrackets(sql);
    if (bare.equalsIgnoreCase("NULL")) {
      return new Expression(sql, Kind.NULL, Set.of(), Set.of(), Set.of());
    }
    if (LITERAL.matcher(bare).matches()) {
      return Expression.literal(sql);
    }
    return parser
        .parse(query, statement -> part(statement, isCondition).map(part -> collect(sql, part)))
        .orElseGet(() -> new Expression(sql, Kind.OPAQUE, Set.of(), Set.of(), Set.of()));
  }

  private static Optional<net.sf.jsqlparser.expression.Expression> part(
      Statement statement, boolean isCondition) {
    return Optional.of(statement)
        .filter(PlainSelect.class::isInstance)
        .map(PlainSelect.class::cast)
        .map(select -> isCondition ? select.getWhere() : select.getSelectItem(0).getExpression());
  }

  private Expression collect(String sql, net.sf.jsqlparser.expression.Expression parsed) {
    Collector collector = new Collector();
    parsed.accept(collector, null);
    Set<String> notNull = new LinkedHashSet<>();
    collectNotNull(parsed, notNull);
    Kind kind = collector.opaque ? Kind.OPAQUE : Kind.COMPUTED;
    return new Expression(sql, kind, collector.functions, collector.columns, notNull);
  }

  private static String withoutBrackets(String sql) {
    String bare = sql.strip();
    while (bare.length() > 1 && bare.startsWith("(") && bare.endsWith(")")) {
      bare = bare.substring(1, bare.length() - 1).strip();
    }
    return bare;
  }

  private void collectNotNull(net.sf.jsqlparser.expression.Expression condition, Set<String> into) {
    net.sf.jsqlparser.expression.Expression left = condition;
    while (left instanceof AndExpression and) {
      addNotNull(and.getRightExpression(), into);
      left = and.getLeftExpression();
    }
    addNotNull(left, into);
  }

  private void addNotNull(net.sf.jsqlparser.expression.Expression test, Set<String> into) {
    if (test instanceof IsNullExpression isNull
        && isNull.isNot()
        && isNull.getLeftExpression() instanceof Column column) {
      into.add(dialect.fold(column.getColumnName()));
    }
  }

  private final class Collector extends ExpressionVisitorAdapter<Void> {
    final Set<String> functions = new LinkedHashSet<>();
    final Set<String> columns = new LinkedHashSet<>();
    boolean opaque;

    @Override
    public <S> Void visit(Function function, S context) {
      functions.add(function.getName().toLowerCase(Locale.ROOT));
      return super.visit(function, context);
    }

    @Override
    public <S> Void visit(AnalyticExpression function, S context) {
      functions.add(function.getName().toLowerCase(Locale.ROOT));
      return super.visit(function, context);
    }

    @Override
    public <S> Void visit(TimeKeyExpression time, S context) {
      functions.add(time.getStringValue().toLowerCase(Locale.ROOT).replace("()", ""));
      return null;
    }

    @Override
    public <S> Void visit(NextValExpression next, S context) {
      functions.add("nextval");
      return null;
    }

    @Override
    public <S> Void visit(Column column, S context) {
      String name = column.getColumnName();
      if (BARE_FUNCTIONS.contains(name.toLowerCase(Locale.ROOT))) {
        functions.add(name.toLowerCase(Locale.ROOT));
      } else {
        columns.add(dialect.fold(name));
      }
      return null;
    }

    @Override
    public <S> Void visit(ParenthesedSelect select, S context) {
      opaque = true;
      return null;
    }

    @Override
    public <S> Void visit(Select select, S context) {
      opaque = true;
      return null;
    }

    @Override
    public <S> Void visit(JdbcParameter parameter, S context) {
      opaque = true;
      return null;
    }

    @Override
    public <S> Void visit(JdbcNamedParameter parameter, S context) {
      opaque = true;
      return null;
    }

    @Override
    public <S> Void visit(UserVariable variable, S context) {
      opaque = true;
      return null;
    }
  }
}
