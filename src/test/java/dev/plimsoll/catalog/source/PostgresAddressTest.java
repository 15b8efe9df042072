package dev.plimsoll.catalog.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      jdbc:postgresql://db/shop                              | jdbc:postgresql://db/shop               |      |
      jdbc:postgresql://db/shop?user=eve&password=s%20x&ssl=true | jdbc:postgresql://db/shop?ssl=true  | eve  | s x
      jdbc:postgresql://db/shop?sslmode=require              | jdbc:postgresql://db/shop?sslmode=require |    |
      postgresql://eve:p%40ss+word@db:5433/shop              | jdbc:postgresql://db:5433/shop          | eve  | p@ss+word
      postgres://eve@db/shop?sslmode=require                 | jdbc:postgresql://db/shop?sslmode=require | eve |
      postgres://db                                          | jdbc:postgresql://db/                   |      |
      """)
  void keepsTheLoginApart(String text, String url, String user, String password) {
    assertThat(PostgresAddress.parse(text))
        .contains(
            new PostgresAddress(url, Optional.ofNullable(user), Optional.ofNullable(password)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "db",
        "jdbc:mysql://db/shop",
        "https://db/shop",
        "postgresql://",
        "postgresql://bad host/x",
        "postgres://%zz@db/x"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThat(PostgresAddress.parse(text)).isEmpty();
  }

  @Test
  void takesALoginFromElsewhereOnlyWhereItHasNone() {
    PostgresAddress address = PostgresAddress.parse("postgres://eve@db/shop").orElseThrow();

    assertThat(address.orLogin(Optional.of("root"), Optional.of("secret")))
        .isEqualTo(new PostgresAddress(
            "jdbc:postgresql://db/shop", Optional.of("eve"), Optional.of("secret")));
  }

  @Test
  void neverShowsThePassword() {
    assertThat(PostgresAddress.parse("postgres://eve:hunter2@db/shop")
            .orElseThrow()
            .toString())
        .isEqualTo("jdbc:postgresql://db/shop as eve");
  }
}
