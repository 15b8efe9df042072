package dev.plimsoll.catalog.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTokenTest {

  private final Map<String, String> environment = Map.of(
      "PLIMSOLL_CATALOG_TOKEN", "abc\n",
      "PLIMSOLL_CATALOG_TOKEN_SHOP", "def",
      "PLIMSOLL_CATALOG_TOKEN_SHOP_HOSTS", "files.example.com, Other.example.com",
      "PLIMSOLL_CATALOG_TOKEN_BROKEN", "a b",
      "PLIMSOLL_GITHUB_PRIVATE_KEY", "-----BEGIN",
      "PLIMSOLL_CATALOG_TOKENS", "other");

  @Test
  void isTheNamedVariable() {
    assertThat(token("PLIMSOLL_CATALOG_TOKEN", "anywhere.example.com"))
        .isEqualTo(new CatalogToken.Given("abc"));
    assertThat(CatalogToken.of(Optional.empty(), "files.example.com", this::variable))
        .isEqualTo(new CatalogToken.None());
  }

  @Test
  void goesOnlyToTheHostsThatTheOperatorNamed() {
    assertThat(token("PLIMSOLL_CATALOG_TOKEN_SHOP", "files.example.com"))
        .isEqualTo(new CatalogToken.Given("def"));
    assertThat(token("PLIMSOLL_CATALOG_TOKEN_SHOP", "other.example.com"))
        .isEqualTo(new CatalogToken.Given("def"));
    assertThat(token("PLIMSOLL_CATALOG_TOKEN_SHOP", "evil.example.com"))
        .isInstanceOfSatisfying(
            CatalogToken.Refused.class,
            refused -> assertThat(refused.reason())
                .contains("PLIMSOLL_CATALOG_TOKEN_SHOP_HOSTS")
                .doesNotContain("def"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PLIMSOLL_GITHUB_PRIVATE_KEY",
        "PATH",
        "PLIMSOLL_CATALOG_TOKENS",
        "plimsoll_catalog_token",
        "PLIMSOLL_CATALOG_TOKEN_",
        ""
      })
  void isNoOtherSecretOfTheServer(String variable) {
    assertThat(token(variable, "files.example.com")).isInstanceOf(CatalogToken.Refused.class);
  }

  @Test
  void saysThatItIsNotSetOrBroken() {
    assertThat(token("PLIMSOLL_CATALOG_TOKEN_OTHER", "files.example.com"))
        .isInstanceOfSatisfying(
            CatalogToken.Refused.class,
            refused ->
                assertThat(refused.reason()).contains("PLIMSOLL_CATALOG_TOKEN_OTHER is not set"));
    assertThat(token("PLIMSOLL_CATALOG_TOKEN_BROKEN", "files.example.com"))
        .isInstanceOf(CatalogToken.Refused.class);
  }

  @Test
  void isNotShown() {
    assertThat(token("PLIMSOLL_CATALOG_TOKEN", "a").toString()).doesNotContain("abc");
  }

  private CatalogToken token(String variable, String host) {
    return CatalogToken.of(Optional.of(variable), host, this::variable);
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }
}
