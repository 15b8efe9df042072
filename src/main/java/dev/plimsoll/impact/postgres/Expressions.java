package dev.plimsoll.impact.postgres;

import dev.plimsoll.catalog.Volatility;
import dev.plimsoll.sql.Expression;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What evaluating an expression needs, for defaults and index keys. */
final class Expressions {

  private static final Pattern SEQUENCE = Pattern.compile("(?i)nextval\\s*\\(\\s*'((?:[^']|'')+)'");

  private Expressions() {}

  /**
   * The worst volatility of its functions.
   *
   * @param unknownFunction called for the first function that the server does not bring with it, which is then taken as volatile
   */
  static Volatility volatility(
      Expression expression, int version, java.util.function.Consumer<String> unknownFunction) {
    Volatility worst = Volatility.IMMUTABLE;
    for (String function : expression.functions()) {
      Optional<Volatility> known = SystemCatalog.volatility(function, version);
      if (known.isEmpty()) {
        unknownFunction.accept(function);
      }
      Volatility volatility = known.orElse(Volatility.VOLATILE);
      worst = volatility.compareTo(worst) > 0 ? volatility : worst;
    }
    if (expression.kind() == Expression.Kind.OPAQUE) {
      unknownFunction.accept(expression.sql());
      return Volatility.VOLATILE;
    }
    return worst;
  }

  /** The sequence that a {@code nextval('name')} in it names. */
  static Optional<String> sequence(Expression expression) {
    Matcher matcher = SEQUENCE.matcher(expression.sql());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
