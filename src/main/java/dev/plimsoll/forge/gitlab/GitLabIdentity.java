package dev.plimsoll.forge.gitlab;

import java.util.List;

/**
 * Who GitLab takes Plimsoll for.
 *
 * @param scopes of the token; empty where GitLab does not tell. Plimsoll needs {@code api}.
 */
public record GitLabIdentity(String id, String username, List<String> scopes) {

  public GitLabIdentity {
    scopes = List.copyOf(scopes);
  }
}
