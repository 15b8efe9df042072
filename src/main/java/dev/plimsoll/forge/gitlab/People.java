package dev.plimsoll.forge.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.User;
import dev.plimsoll.forge.gitlab.MergeRequest.Account;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who Plimsoll and others are, and what they may do. */
final class People {

  private static final int DEVELOPER = 30;

  private final GitLabCalls calls;
  private volatile Optional<User> self = Optional.empty();
  private final Cache<Long, Boolean> bots = Caffeine.newBuilder()
      .maximumSize(10_000)
      .expireAfterWrite(Duration.ofDays(1))
      .build();
  private final Cache<Long, Boolean> mayPost = Caffeine.newBuilder()
      .maximumSize(10_000)
      .expireAfterWrite(Duration.ofMinutes(10))
      .build();

  private record Token(List<String> scopes) {}

  People(GitLabCalls calls) {
    this.calls = calls;
  }

  /** Whose token it is: asked once. */
  User self() {
    Optional<User> known = self;
    if (known.isPresent()) {
      return known.get();
    }
    Account account = calls.get("user").orThrow().as(Account.class);
    User asked = new User(Long.toString(account.id()), account.username(), true);
    self = Optional.of(asked);
    return asked;
  }

  Optional<User> knownSelf() {
    return self;
  }

  GitLabIdentity identity() {
    self = Optional.empty();
    User asked = self();
    Reply token = calls.get("personal_access_tokens/self");
    List<String> scopes = token instanceof Reply.Missing
        ? List.of()
        : token.orThrow().as(Token.class).scopes();
    return new GitLabIdentity(asked.id(), asked.login(), scopes);
  }

  /** An author with the flag that tells bots, which only a call for the user alone gives. */
  User withFlag(Account account) {
    User user = Account.user(account);
    if (account == null || user.bot()) {
      return user;
    }
    boolean bot = bots.get(account.id(), id -> {
      Reply reply = calls.get("users/" + id);
      return !(reply instanceof Reply.Missing)
          && reply.orThrow().as(Account.class).isBot();
    });
    return new User(user.id(), user.login(), bot);
  }

  Access access(String repository, User user) {
    String project = Coordinates.project(repository);
    Reply reply = calls.get(project + "/members/all/" + Coordinates.number(user.id()));
    if (reply instanceof Reply.Missing) {
      return strangersIn(project);
    }
    JsonNode member = reply.orThrow().json();
    return "active".equals(member.path("state").asText("active"))
        ? access(member.path("access_level").asInt())
        : Access.NONE;
  }

  /** Who is no member reads what everybody may read. */
  private Access strangersIn(String project) {
    Reply reply = calls.get(project);
    boolean open = !(reply instanceof Reply.Missing)
        && List.of("public", "internal")
            .contains(reply.orThrow().json().path("visibility").asText());
    return open ? Access.READ : Access.NONE;
  }

  /** GitLab's levels: 5 minimal, 10 guest, 15 planner, 20 reporter, 30 developer, 40 maintainer, 50 owner. */
  private static Access access(int level) {
    if (level >= 50) {
      return Access.ADMIN;
    }
    if (level >= 40) {
      return Access.MAINTAIN;
    }
    if (level >= DEVELOPER) {
      return Access.WRITE;
    }
    return level >= 10 ? Access.READ : Access.NONE;
  }

  /**
   * Direct members only: a subgroup inherits the members of the groups above it, so that else everybody in a company would be in its group
   * of database administrators.
   */
  boolean isMember(User user, String group) {
    String name = Coordinates.checkedGroup(group);
    String path = "groups/" + Coordinates.encoded(name);
    Reply reply = calls.get(path + "/members/" + Coordinates.number(user.id()));
    if (!(reply instanceof Reply.Missing)) {
      JsonNode member = reply.orThrow().json();
      return "active".equals(member.path("state").asText("active"))
          && member.path("access_level").asInt() >= 10;
    }
    if (calls.get(path + "?with_projects=false") instanceof Reply.Missing) {
      throw new ForgeException(
          Kind.FORBIDDEN,
          "Plimsoll may not look into the GitLab group " + name
              + ", or there is none: make the token's user a member of it");
    }
    return false;
  }

  /** Whether the token may put commit statuses there. */
  boolean mayPost(long project) {
    return mayPost.get(project, id -> {
      Reply reply = calls.get("projects/" + id);
      if (reply instanceof Reply.Missing) {
        return false;
      }
      JsonNode permissions = reply.orThrow().json().path("permissions");
      return Math.max(
              permissions.path("project_access").path("access_level").asInt(),
              permissions.path("group_access").path("access_level").asInt())
          >= DEVELOPER;
    });
  }
}
