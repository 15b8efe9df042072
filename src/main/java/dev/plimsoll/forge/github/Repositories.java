package dev.plimsoll.forge.github;

import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code owner/name}, which stands in URLs and queries. */
final class Repositories {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}/[A-Za-z0-9._-]{1,100}");
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

  private Repositories() {}

  static String checked(String repository) {
    if (repository == null
        || !NAME.matcher(repository).matches()
        || repository.endsWith("/..")
        || repository.endsWith("/.")) {
      throw new ForgeException(
          Kind.REFUSED,
          "Not the name of a GitHub repository: " + Errors.brief(String.valueOf(repository)));
    }
    return repository;
  }

  static String checkedSha(String sha) {
    if (sha == null || !SHA.matcher(sha).matches()) {
      throw new ForgeException(Kind.REFUSED, "Not a commit: " + Errors.brief(String.valueOf(sha)));
    }
    return sha;
  }

  /** The variables that every query has. */
  static Map<String, Object> coordinates(String repository) {
    String[] name = checked(repository).split("/", 2);
    Map<String, Object> variables = new HashMap<>();
    variables.put("owner", name[0]);
    variables.put("name", name[1]);
    return variables;
  }
}
