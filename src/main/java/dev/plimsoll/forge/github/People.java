package dev.plimsoll.forge.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.User;
import java.util.regex.Pattern;

/** What people may do, and which teams they are in. */
final class People {

  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9_-]{1,100}(\\[bot])?");
  private static final Pattern TEAM = Pattern.compile("[A-Za-z0-9_-]{1,100}/[A-Za-z0-9._-]{1,100}");

  private final GitHubCalls calls;

  People(GitHubCalls calls) {
    this.calls = calls;
  }

  Access access(String repository, User user) {
    Reply reply = calls.get(repository, "collaborators/" + login(user) + "/permission");
    if (reply instanceof Reply.Missing) {
      return Access.NONE;
    }
    JsonNode permission = reply.orThrow().json();
    // The older field calls maintain write, and triage read; the newer one may hold a role that an
    // organisation has made up
    return switch (permission.path("role_name").asText("")) {
      case "admin" -> Access.ADMIN;
      case "maintain" -> Access.MAINTAIN;
      case "write" -> Access.WRITE;
      case "triage", "read" -> Access.READ;
      case "none" -> Access.NONE;
      default ->
        switch (permission.path("permission").asText("")) {
          case "admin" -> Access.ADMIN;
          case "write" -> Access.WRITE;
          case "read" -> Access.READ;
          default -> Access.NONE;
        };
    };
  }

  boolean isMember(String repository, User user, String team) {
    String name = team.startsWith("@") ? team.substring(1) : team;
    if (!TEAM.matcher(name).matches()) {
      throw new ForgeException(
          Kind.REFUSED, "Not a team on GitHub (organisation/team): " + Errors.brief(team));
    }
    String path = "orgs/" + name.replace("/", "/teams/") + "/memberships/" + login(user);
    try {
      Reply reply = calls.getAt(repository, path);
      // An invitation that is not accepted is no membership
      return !(reply instanceof Reply.Missing)
          && "active".equals(reply.orThrow().json().path("state").asText());
    } catch (ForgeException e) {
      if (e.kind() != Kind.FORBIDDEN) {
        throw e;
      }
      throw new ForgeException(
          Kind.FORBIDDEN,
          "Plimsoll may not look into the team " + name
              + ": its GitHub app needs the organisation permission \"Members: read\". "
              + e.getMessage(),
          java.util.Optional.empty(),
          e);
    }
  }

  private static String login(User user) {
    if (!LOGIN.matcher(user.login()).matches()) {
      throw new ForgeException(
          Kind.REFUSED, "Not a login on GitHub: " + Errors.brief(user.login()));
    }
    return user.login().replace("[", "%5B").replace("]", "%5D");
  }
}
