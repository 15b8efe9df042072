package dev.plimsoll.forge.github;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.Forge;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.forge.User;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.OkHttpClient;

/** GitHub, as an app that is installed in repositories. Safe for many threads. */
public final class GitHubForge implements Forge {

  private static final TypeReference<List<Listed>> PULLS = new TypeReference<>() {};

  private final AppAccess access;
  private final GitHubCalls calls;
  private final Loading loading;
  private final MergeGroups mergeGroups;
  private final Blobs blobs;
  private final ChangedFiles changedFiles;
  private final People people;
  private final CheckRuns checkRuns;
  private final Threads threads;
  private final Comments comments;

  private record Listed(long number, String state, Head head) {}

  private record Head(String sha) {}

  /**
   * @param installations shared with {@link GitHubEvents}
   */
  public GitHubForge(GitHubApp app, Installations installations, Clock clock) {
    this(app, installations, client(), clock);
  }

  GitHubForge(GitHubApp app, Installations installations, OkHttpClient http, Clock clock) {
    this.access = new AppAccess(app, installations, http, clock);
    this.calls = new GitHubCalls(app, access, http, clock);
    this.blobs = new Blobs(calls);
    this.changedFiles = new ChangedFiles(calls);
    this.checkRuns = new CheckRuns(calls, app, installations);
    this.loading = new Loading(calls, blobs, changedFiles, checkRuns, installations);
    this.mergeGroups = new MergeGroups(calls, blobs, checkRuns, installations);
    this.people = new People(calls);
    Traces traces = new Traces();
    this.threads = new Threads(calls, traces);
    this.comments = new Comments(calls, traces);
  }

  /** Sends nothing twice by itself and follows no redirect: a write must not be made again unseen, nor the token leave the host. */
  private static OkHttpClient client() {
    return new OkHttpClient.Builder()
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .connectTimeout(Duration.ofSeconds(5))
        .readTimeout(Duration.ofSeconds(20))
        .callTimeout(Duration.ofSeconds(60))
        .addInterceptor(chain -> chain.proceed(chain
            .request()
            .newBuilder()
            .header("User-Agent", "Plimsoll")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .build()))
        .build();
  }

  @Override
  public ForgeKind kind() {
    return ForgeKind.GITHUB;
  }

  @Override
  public Loaded load(ReviewTarget target, Set<String> basePaths) {
    Repositories.checked(target.repository());
    return switch (target) {
      case ChangeRequestId pull -> loading.load(pull, basePaths);
      case MergeGroup group -> mergeGroups.load(group, basePaths);
    };
  }

  @Override
  public Map<String, FileContent> filesAtHead(
      ChangeRequest changeRequest, Collection<String> paths) {
    return blobs.read(
        changeRequest.target().repository(), changeRequest.headSha(), paths, Blobs.MIGRATION_BOUND);
  }

  @Override
  public Map<String, FileContent> filesAtBase(
      ChangeRequest changeRequest, Collection<String> paths) {
    return blobs.read(
        changeRequest.target().repository(), changeRequest.baseSha(), paths, Blobs.CATALOG_BOUND);
  }

  @Override
  public Map<String, DiffLines> diff(ChangeRequest changeRequest, Collection<String> paths) {
    return switch (changeRequest.target()) {
      case ChangeRequestId pull ->
        changedFiles.diff(
            new ChangedFiles.Pull(
                pull.repository(), pull.number(), changeRequest.headSha(), changeRequest.baseSha()),
            paths);
      // A merge group has no conversation to comment in
      case MergeGroup _ -> Map.of();
    };
  }

  @Override
  public Access access(ReviewTarget target, User user) {
    return people.access(Repositories.checked(target.repository()), user);
  }

  @Override
  public boolean isMember(ReviewTarget target, User user, String team) {
    return people.isMember(Repositories.checked(target.repository()), user, team);
  }

  @Override
  public Applied apply(ChangeRequest changeRequest, Action action) {
    return switch (action) {
      case Action.PutCheck put -> checkRuns.put(changeRequest, put.report(), put.replaces());
      case Action.OpenThreads open ->
        threads.open(changeRequest, pull(changeRequest), open.threads());
      case Action.EditThread edit -> {
        threads.edit(pull(changeRequest), edit.threadId(), edit.body());
        yield Applied.NOTHING;
      }
      case Action.ResolveThread resolve -> {
        threads.resolve(pull(changeRequest), resolve.threadId(), resolve.body());
        yield Applied.NOTHING;
      }
      case Action.ReopenThread reopen -> {
        threads.reopen(pull(changeRequest), reopen.threadId(), reopen.body());
        yield Applied.NOTHING;
      }
      case Action.PostComment post -> comments.post(pull(changeRequest), post);
      case Action.EditComment edit -> {
        comments.edit(pull(changeRequest), edit.commentId(), edit.body());
        yield Applied.NOTHING;
      }
      case Action.React react -> {
        comments.react(pull(changeRequest).repository(), react.comment(), react.reaction());
        yield Applied.NOTHING;
      }
    };
  }

  private static ChangeRequestId pull(ChangeRequest changeRequest) {
    return switch (changeRequest.target()) {
      case ChangeRequestId pull -> pull;
      case MergeGroup group ->
        throw new ForgeException(
            Kind.REFUSED, group.key() + " is a merge group: nobody can comment there");
    };
  }

  /** The open pull requests whose newest commit this is, from forks too: a check suite of a fork names none. */
  public List<ChangeRequestId> withHead(String repository, String headSha) {
    Reply reply = calls.get(
        Repositories.checked(repository),
        "commits/" + Repositories.checkedSha(headSha) + "/pulls?per_page=100");
    return reply.orThrow().as(PULLS).stream()
        .filter(p -> "open".equals(p.state()) && headSha.equals(p.head().sha()))
        .map(p -> new ChangeRequestId(ForgeKind.GITHUB, repository, p.number()))
        .toList();
  }

  /** Asks GitHub who the app is: whether key and id are right, and what it may do. */
  public GitHubIdentity identity() {
    return access.identity();
  }

  /**
   * The second half of GitHub's app manifest flow.
   *
   * @param code from the redirect; good once, for an hour
   */
  public static GitHubIdentity.Registered register(URI apiUrl, String code) {
    return AppAccess.register(apiUrl, code, client());
  }
}
