package dev.plimsoll.forge.memory;

import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.Action;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.ChangeRequest.ChangedPath;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.DiffLines;
import dev.plimsoll.forge.FileContent;
import dev.plimsoll.forge.Forge;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.forge.User;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A forge in this process. As {@link Forge} it is what Plimsoll sees; {@link #people} is what people do there. Events go to listeners on
 * the thread of the one who caused them. Safe for use by several threads.
 */
public final class MemoryForge implements Forge {

  /** Who Plimsoll is here. */
  public static final User BOT = new User("app-1", "plimsoll[bot]", true);

  private static final int MOST_COMMIT_MESSAGES = 100;

  final Map<String, MemoryRepository> repositories = new HashMap<>();
  final Map<ChangeRequestId, MemoryChangeRequest> changeRequests = new LinkedHashMap<>();
  final MemoryChecks checks = new MemoryChecks();
  final Map<String, Access> accesses = new HashMap<>();
  final Map<String, Set<String>> teams = new HashMap<>();
  final InstantSource clock;
  private final List<Consumer<ForgeEvent>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Action>> writeHooks = new CopyOnWriteArrayList<>();
  private final List<Consumer<Action>> afterWriteHooks = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final Set<String> notListedYet = new HashSet<>();
  private boolean listsLag;
  private long lastId = 1_000;

  public MemoryForge(InstantSource clock) {
    this.clock = clock;
  }

  public People people() {
    return new People(this);
  }

  /** Webhooks. */
  public void onEvent(Consumer<ForgeEvent> listener) {
    listeners.add(listener);
  }

  /** Asked before each write of Plimsoll's; may throw a {@link ForgeException} in the forge's place. */
  public void beforeWrite(Consumer<Action> hook) {
    writeHooks.add(hook);
  }

  /** Told after each write of Plimsoll's; may throw, as when the answer is lost on its way. */
  public void afterWrite(Consumer<Action> hook) {
    afterWriteHooks.add(hook);
  }

  /** From now on lists leave out what is made, as a forge's replicas may, until this is called with false. */
  public synchronized void letListsLag(boolean lag) {
    listsLag = lag;
    notListedYet.clear();
  }

  /** How many calls Plimsoll has made. */
  public int calls() {
    return calls.get();
  }

  void tell(ForgeEvent event) {
    listeners.forEach(l -> l.accept(event));
  }

  synchronized String freshId() {
    return String.valueOf(++lastId);
  }

  @Override
  public ForgeKind kind() {
    return ForgeKind.MEMORY;
  }

  @Override
  public synchronized Loaded load(ReviewTarget target, Set<String> basePaths) {
    calls.incrementAndGet();
    ChangeRequest request = switch (target) {
      case ChangeRequestId id -> describe(find(id));
      case MergeGroup group -> describe(group);
    };
    return new Loaded(
        request,
        contents(repository(target).commit(request.baseSha()).files(), basePaths),
        posted(request));
  }

  private ChangeRequest describe(MemoryChangeRequest it) {
    MemoryRepository repository = repository(it.id);
    String head = repository.tip(it.headBranch).sha();
    String base = repository.tip(it.baseBranch).sha();
    String url = "memory://" + it.id.repository() + "/" + it.id.number();
    return describe(it.id, it.title, url, it.author, head, base, it.baseBranch, it.open);
  }

  private ChangeRequest describe(MergeGroup group) {
    User author = repository(group).commit(group.headSha()).author();
    String url = "memory://" + group.repository() + "/queue/" + group.headSha();
    return describe(
        group,
        "Merge group for " + group.branch(),
        url,
        author,
        group.headSha(),
        group.baseSha(),
        group.branch(),
        true);
  }

  private ChangeRequest describe(
      ReviewTarget target,
      String title,
      String url,
      User author,
      String head,
      String base,
      String branch,
      boolean open) {
    MemoryRepository repository = repository(target);
    String parted = repository.mergeBase(base, head);
    List<String> messages = repository.between(base, head).stream()
        .map(MemoryRepository.Commit::message)
        .toList();
    return new ChangeRequest(
        target,
        title,
        url,
        author,
        head,
        base,
        Optional.of(parted),
        branch,
        open,
        false,
        messages.subList(Math.max(0, messages.size() - MOST_COMMIT_MESSAGES), messages.size()),
        comparison(target, parted, head).changes(),
        Optional.empty(),
        Map.of());
  }

  private Posted posted(ChangeRequest request) {
    SortedMap<String, String> files =
        repository(request.target()).commit(request.headSha()).files();
    List<Posted.Check> onHead = checks.newest(request.headSha()).stream()
        .filter(run -> !notListedYet.contains(run.id()))
        .map(run -> new Posted.Check(
            run.id(), run.report().name(), run.report().state(), run.report().title()))
        .toList();
    Posted said = request.target() instanceof ChangeRequestId id
        ? find(id).posted(BOT, files, made -> !notListedYet.contains(made))
        : Posted.NOTHING;
    return new Posted(said.threads(), said.comments(), onHead);
  }

  @Override
  public synchronized Map<String, FileContent> filesAtHead(
      ChangeRequest changeRequest, Collection<String> paths) {
    calls.incrementAndGet();
    return contents(
        repository(changeRequest.target()).commit(changeRequest.headSha()).files(), paths);
  }

  @Override
  public synchronized Map<String, FileContent> filesAtBase(
      ChangeRequest changeRequest, Collection<String> paths) {
    calls.incrementAndGet();
    return contents(
        repository(changeRequest.target()).commit(changeRequest.baseSha()).files(), paths);
  }

  private static Map<String, FileContent> contents(
      Map<String, String> files, Collection<String> paths) {
    Map<String, FileContent> contents = new LinkedHashMap<>();
    for (String path : paths) {
      String text = files.get(path);
      contents.put(path, text == null ? new FileContent.Absent() : new FileContent.Text(text));
    }
    return contents;
  }

  @Override
  public synchronized Map<String, DiffLines> diff(
      ChangeRequest changeRequest, Collection<String> paths) {
    calls.incrementAndGet();
    Comparison comparison = comparison(changeRequest);
    Map<String, DiffLines> lines = new LinkedHashMap<>();
    paths.stream()
        .filter(comparison::changes)
        .forEach(path -> lines.put(path, comparison.lines(path)));
    return lines;
  }

  @Override
  public synchronized Access access(ReviewTarget target, User user) {
    calls.incrementAndGet();
    return accesses.getOrDefault(target.repository() + " " + user.id(), Access.READ);
  }

  @Override
  public synchronized boolean isMember(ReviewTarget target, User user, String team) {
    calls.incrementAndGet();
    return teams.getOrDefault(team, Set.of()).contains(user.id());
  }

  @Override
  public Applied apply(ChangeRequest changeRequest, Action action) {
    calls.incrementAndGet();
    writeHooks.forEach(hook -> hook.accept(action));
    Applied applied;
    synchronized (this) {
      applied = write(changeRequest, action);
      if (listsLag) {
        notListedYet.addAll(applied.made().values());
      }
    }
    afterWriteHooks.forEach(hook -> hook.accept(action));
    return applied;
  }

  private Applied write(ChangeRequest request, Action action) {
    return switch (action) {
      case Action.PutCheck put ->
        made(put.report().name(), checks.put(request.headSha(), put, freshId(), clock.instant()));
      case Action.OpenThreads(List<Action.NewThread> threads) -> open(request, threads);
      case Action.EditThread(String threadId, String body) -> editThread(request, threadId, body);
      case Action.ResolveThread(String threadId, String body) -> {
        editThread(request, threadId, body);
        conversation(request).thread(threadId).resolved = true;
        yield Applied.NOTHING;
      }
      case Action.ReopenThread(String threadId, String body) -> {
        editThread(request, threadId, body);
        conversation(request).thread(threadId).resolved = false;
        yield Applied.NOTHING;
      }
      case Action.PostComment(var marker, String body, var inReplyTo) -> {
        MemoryComment comment = new MemoryComment(freshId(), BOT, body, clock.instant());
        Optional<String> threadId = inReplyTo.flatMap(Action.CommentRef::threadId);
        threadId.ifPresentOrElse(
            thread -> conversation(request).thread(thread).comments.add(comment),
            () -> conversation(request).add(comment));
        yield made(marker.toString(), comment.id);
      }
      case Action.EditComment(String commentId, String body) -> {
        conversation(request).comment(commentId).edit(BOT, body);
        yield Applied.NOTHING;
      }
      case Action.React(Action.CommentRef comment, Action.Reaction reaction) -> {
        conversation(request).comment(comment.id()).react(BOT, reaction);
        yield Applied.NOTHING;
      }
    };
  }

  private static Applied made(String what, String id) {
    return new Applied(Map.of(what, id), Set.of());
  }

  private Applied editThread(ChangeRequest request, String threadId, String body) {
    conversation(request).thread(threadId).comments.getFirst().edit(BOT, body);
    return Applied.NOTHING;
  }

  /** All or none, as a review on GitHub; but for those on files outside of the diff, which no forge takes. */
  private Applied open(ChangeRequest request, List<Action.NewThread> wanted) {
    Comparison comparison = comparison(request);
    SortedMap<String, String> files =
        repository(request.target()).commit(request.headSha()).files();
    List<MemoryThread> opened = new ArrayList<>();
    Map<String, String> made = new LinkedHashMap<>();
    Set<String> unplaced = new HashSet<>();
    for (Action.NewThread thread : wanted) {
      String path = thread.anchor().path();
      if (!comparison.changes(path) || !files.containsKey(path)) {
        unplaced.add(thread.key());
        continue;
      }
      MemoryThread one = MemoryThread.open(freshId(), thread, comparison.lines(path), files);
      one.comments.add(new MemoryComment(freshId(), BOT, thread.body(), clock.instant()));
      opened.add(one);
      made.put(thread.key(), one.id);
    }
    opened.forEach(conversation(request)::add);
    return new Applied(made, unplaced);
  }

  /** The page of a change request. */
  public synchronized Conversation conversation(ChangeRequestId id) {
    MemoryChangeRequest it = find(id);
    MemoryRepository.Commit head = repository(id).tip(it.headBranch);
    return new Conversation(
        id.number(),
        it.title,
        it.author,
        head.sha(),
        it.headBranch,
        it.baseBranch,
        it.open,
        it.timeline(head.files()),
        checks.newest(head.sha()));
  }

  /** All check runs of a commit, the oldest first. */
  public synchronized List<Conversation.CheckRun> checkRuns(String headSha) {
    return checks.all(headSha);
  }

  /** A file's diff as the change request's page shows it. */
  public synchronized String patch(ChangeRequestId id, String path) {
    return comparison(describe(find(id))).patch(path);
  }

  /** The change request's files, in the order of their paths. */
  public synchronized List<ChangedPath> changes(ChangeRequestId id) {
    return describe(find(id)).changes();
  }

  private MemoryChangeRequest conversation(ChangeRequest request) {
    return switch (request.target()) {
      case ChangeRequestId id -> find(id);
      case MergeGroup group ->
        throw new ForgeException(
            ForgeException.Kind.REFUSED, "a merge group has no conversation: " + group.key());
    };
  }

  MemoryChangeRequest find(ChangeRequestId id) {
    return Optional.ofNullable(changeRequests.get(id))
        .orElseThrow(
            () -> new ForgeException(ForgeException.Kind.NOT_FOUND, "there is no " + id.key()));
  }

  MemoryRepository repository(ReviewTarget target) {
    return Optional.ofNullable(repositories.get(target.repository()))
        .orElseThrow(() -> new ForgeException(
            ForgeException.Kind.NOT_FOUND, "there is no " + target.repository()));
  }

  private Comparison comparison(ChangeRequest request) {
    return comparison(
        request.target(), request.mergeBaseSha().orElse(request.baseSha()), request.headSha());
  }

  private Comparison comparison(ReviewTarget target, String from, String to) {
    MemoryRepository repository = repository(target);
    return new Comparison(repository.commit(from).files(), repository.commit(to).files());
  }

  /** Whether the forge would let it be merged: every check that is required passed on its newest run. */
  public synchronized boolean passes(String headSha, Collection<String> required) {
    List<Conversation.CheckRun> newest = checks.newest(headSha);
    return required.stream()
        .allMatch(name -> newest.stream()
            .anyMatch(c ->
                c.report().name().equals(name) && c.report().state() == CheckReport.State.SUCCESS));
  }
}
