package dev.plimsoll.forge.gitlab;

import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.Forge;
import dev.plimsoll.forge.ForgeException;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import okhttp3.OkHttpClient;

/** GitLab, as the user whose token it is. Safe for many threads. */
public final class GitLabForge implements Forge {

  private final MergeRequests mergeRequests;
  private final ChangedFiles changedFiles;
  private final RawFiles files;
  private final People people;
  private final Loading loading;
  private final Statuses statuses;
  private final Threads threads;
  private final Notes notes;

  /**
   * @param pages where people read a review, to link it from its checks
   */
  public GitLabForge(
      GitLabSettings settings, Function<ReviewTarget, Optional<URI>> pages, Clock clock) {
    this(settings, pages, client(), clock);
  }

  GitLabForge(
      GitLabSettings settings,
      Function<ReviewTarget, Optional<URI>> pages,
      OkHttpClient http,
      Clock clock) {
    GitLabCalls calls = new GitLabCalls(settings, http, clock);
    this.mergeRequests = new MergeRequests(calls);
    this.changedFiles = new ChangedFiles(calls);
    this.files = new RawFiles(calls);
    this.people = new People(calls);
    Discussions discussions = new Discussions(calls, people);
    StatusPlaces places = new StatusPlaces(calls, people, mergeRequests);
    this.statuses = new Statuses(calls, people, places, pages);
    this.loading = new Loading(
        calls, mergeRequests, changedFiles, files, people, discussions, places, statuses);
    Uncertain uncertain = new Uncertain();
    this.threads = new Threads(calls, discussions, uncertain);
    this.notes = new Notes(calls, discussions, uncertain);
  }

  /** Sends nothing twice by itself and follows no redirect: a write must not be made again unseen, nor the token leave the host. */
  private static OkHttpClient client() {
    return new OkHttpClient.Builder()
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .connectTimeout(Duration.ofSeconds(5))
        .readTimeout(Duration.ofSeconds(30))
        .callTimeout(Duration.ofSeconds(60))
        .addInterceptor(chain -> chain.proceed(
            chain.request().newBuilder().header("User-Agent", "Plimsoll").build()))
        .build();
  }

  @Override
  public ForgeKind kind() {
    return ForgeKind.GITLAB;
  }

  @Override
  public Loaded load(ReviewTarget target, Set<String> basePaths) {
    return switch (target) {
      case ChangeRequestId id -> loading.load(id, basePaths);
      case MergeGroup group -> throw Place.noMergeTrains(group);
    };
  }

  @Override
  public Map<String, FileContent> filesAtHead(
      ChangeRequest changeRequest, Collection<String> paths) {
    Place place = Place.of(changeRequest);
    Map<String, String> modes =
        changedFiles.knownModes(place, changeRequest.headSha(), mergeBase(changeRequest));
    return files.read(
        place.project(), changeRequest.headSha(), paths, modes, RawFiles.MIGRATION_BOUND);
  }

  @Override
  public Map<String, FileContent> filesAtBase(
      ChangeRequest changeRequest, Collection<String> paths) {
    return files.read(
        Place.of(changeRequest).project(),
        changeRequest.baseSha(),
        paths,
        Map.of(),
        RawFiles.CATALOG_BOUND);
  }

  @Override
  public Map<String, DiffLines> diff(ChangeRequest changeRequest, Collection<String> paths) {
    return changedFiles.diff(
        Place.of(changeRequest), changeRequest.headSha(), mergeBase(changeRequest), paths);
  }

  private static String mergeBase(ChangeRequest changeRequest) {
    return changeRequest.mergeBaseSha().orElse(changeRequest.baseSha());
  }

  @Override
  public Access access(ReviewTarget target, User user) {
    return people.access(target.repository(), user);
  }

  /**
   * @throws ForgeException {@code FORBIDDEN} when the token's user cannot see the group
   */
  @Override
  public boolean isMember(ReviewTarget target, User user, String team) {
    return people.isMember(user, team);
  }

  @Override
  public Applied apply(ChangeRequest changeRequest, Action action) {
    Place place = Place.of(changeRequest);
    return switch (action) {
      case Action.PutCheck put -> statuses.put(changeRequest, put.report(), put.replaces());
      case Action.OpenThreads open -> threads.open(changeRequest, open.threads());
      case Action.EditThread edit -> {
        threads.edit(place, edit.threadId(), edit.body());
        yield Applied.NOTHING;
      }
      case Action.ResolveThread resolve -> {
        threads.settle(place, resolve.threadId(), true, resolve.body());
        yield Applied.NOTHING;
      }
      case Action.ReopenThread reopen -> {
        threads.settle(place, reopen.threadId(), false, reopen.body());
        yield Applied.NOTHING;
      }
      case Action.PostComment post -> notes.post(changeRequest, post);
      case Action.EditComment edit -> {
        notes.edit(place, edit.commentId(), edit.body());
        yield Applied.NOTHING;
      }
      case Action.React react -> {
        notes.react(place, react.comment(), react.reaction());
        yield Applied.NOTHING;
      }
    };
  }

  /** The open merge requests whose newest commit this is. */
  public List<ChangeRequestId> withHead(String repository, String headSha) {
    return mergeRequests.withHead(repository, headSha);
  }

  /** Asks GitLab whose the token is and what it may do. */
  public GitLabIdentity identity() {
    return people.identity();
  }

  /** Whose the token is, if GitLab was asked already; asks nothing. */
  public Optional<User> knownSelf() {
    return people.knownSelf();
  }
}
