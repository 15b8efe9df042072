package dev.plimsoll.forge.github;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The parts of webhook payloads that are used. Any of them may be null: GitHub sends what belongs to the event. */
record Payload(
    String action,
    Account sender,
    Repo repository,
    Id installation,
    Pull pullRequest,
    Changes changes,
    Issue issue,
    Comment comment,
    CheckRun checkRun,
    Suite checkSuite,
    RequestedAction requestedAction,
    Group mergeGroup,
    List<Repo> repositories,
    List<Repo> repositoriesAdded,
    List<Repo> repositoriesRemoved) {

  record Account(long id, String login, String type) {}

  record Repo(String fullName) {}

  record Id(long id) {}

  record Pull(long number, Head head, boolean draft) {}

  record Head(String sha) {}

  record Changes(Base base) {}

  record Base(Object ref) {}

  record Issue(long number, Object pullRequest) {}

  record Comment(
      long id,
      String body,
      Account user,
      Long inReplyToId,
      @JsonProperty("performed_via_github_app") App app) {}

  record App(long id, String clientId) {}

  record CheckRun(
      String name, String headSha, String externalId, App app, List<Pull> pullRequests) {}

  record Suite(String headSha, App app) {}

  record RequestedAction(String identifier) {}

  record Group(String headSha, String baseSha, String baseRef) {}
}
