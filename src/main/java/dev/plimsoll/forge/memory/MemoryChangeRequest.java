package dev.plimsoll.forge.memory;

import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.Marker;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.User;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A change request and what was said on it. Guarded by the forge's lock. */
final class MemoryChangeRequest {

  /** What the timeline holds, in order: fixed entries, comments and threads. */
  private sealed interface Item {
    record Fixed(Conversation.Entry entry) implements Item {}

    record OfComment(MemoryComment comment) implements Item {}

    record OfThread(MemoryThread thread) implements Item {}
  }

  final ChangeRequestId id;
  final String title;
  final User author;
  final String headBranch;
  final String baseBranch;
  boolean open = true;
  private final List<Item> items = new ArrayList<>();

  MemoryChangeRequest(
      ChangeRequestId id, String title, User author, String headBranch, String baseBranch) {
    this.id = id;
    this.title = title;
    this.author = author;
    this.headBranch = headBranch;
    this.baseBranch = baseBranch;
  }

  void add(Conversation.Entry entry) {
    items.add(new Item.Fixed(entry));
  }

  void add(MemoryComment comment) {
    items.add(new Item.OfComment(comment));
  }

  void add(MemoryThread thread) {
    items.add(new Item.OfThread(thread));
  }

  List<MemoryThread> threads() {
    return items.stream()
        .flatMap(i -> i instanceof Item.OfThread(var thread) ? Stream.of(thread) : Stream.empty())
        .toList();
  }

  private List<MemoryComment> topLevel() {
    return items.stream()
        .flatMap(
            i -> i instanceof Item.OfComment(var comment) ? Stream.of(comment) : Stream.empty())
        .toList();
  }

  MemoryThread thread(String threadId) {
    return threads().stream()
        .filter(t -> t.id.equals(threadId))
        .findFirst()
        .orElseThrow(() -> missing("thread " + threadId));
  }

  /** In the conversation or in a thread. */
  MemoryComment comment(String commentId) {
    return Stream.concat(topLevel().stream(), threads().stream().flatMap(t -> t.comments.stream()))
        .filter(c -> c.id.equals(commentId))
        .findFirst()
        .orElseThrow(() -> missing("comment " + commentId));
  }

  void delete(String commentId) {
    if (!items.removeIf(
        i -> i instanceof Item.OfComment(var comment) && comment.id.equals(commentId))) {
      throw missing("comment " + commentId);
    }
  }

  private ForgeException missing(String what) {
    return new ForgeException(ForgeException.Kind.NOT_FOUND, id.key() + " has no " + what);
  }

  /** What {@code bot} has put here, without the checks. */
  Posted posted(User bot, SortedMap<String, String> files, Predicate<String> listed) {
    List<Posted.Thread> threads = threads().stream()
        .filter(t -> t.isBy(bot) && listed.test(t.id))
        .flatMap(t -> Marker.in(t.comments.getFirst().body()).stream()
            .filter(m -> m.kind() == Marker.Kind.THREAD)
            .map(m -> new Posted.Thread(
                t.id,
                m.key(),
                t.comments.getFirst().body(),
                t.resolved,
                t.outdated(files),
                t.repliedByOthers(bot))))
        .toList();
    Stream<MemoryComment> inThreads =
        threads().stream().flatMap(t -> t.comments.stream().skip(1));
    List<Posted.Comment> comments = Stream.concat(topLevel().stream(), inThreads)
        .filter(c -> c.author.id().equals(bot.id()) && listed.test(c.id))
        .flatMap(c -> Marker.in(c.body()).stream().map(m -> new Posted.Comment(c.id, m, c.body())))
        .toList();
    return new Posted(threads, comments, List.of());
  }

  List<Conversation.Entry> timeline(SortedMap<String, String> files) {
    return items.stream()
        .<Conversation.Entry>map(item -> switch (item) {
          case Item.Fixed(Conversation.Entry entry) -> entry;
          case Item.OfComment(MemoryComment comment) -> new Conversation.Said(comment.view());
          case Item.OfThread(MemoryThread thread) -> new Conversation.Threaded(thread.view(files));
        })
        .toList();
  }
}
