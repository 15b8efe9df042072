package dev.plimsoll.forge.memory;

import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.Action.CommentRef;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import dev.plimsoll.forge.ReviewTarget.MergeGroup;
import dev.plimsoll.forge.User;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people do on a {@link MemoryForge}: each act sends the event that a webhook would. */
public final class People {

  private final MemoryForge forge;

  People(MemoryForge forge) {
    this.forge = forge;
  }

  /** Makes a repository with these files on its branch {@code main}. */
  public void createRepository(String name, Map<String, String> files, User by) {
    synchronized (forge) {
      MemoryRepository repository = new MemoryRepository(name);
      forge.repositories.put(name, repository);
      repository.moveBranch(
          "main", repository.add(List.of(), contents(files), "Start", by).sha());
    }
  }

  public void grant(String repository, User user, Access access) {
    synchronized (forge) {
      forge.accesses.put(repository + " " + user.id(), access);
    }
  }

  public void join(String team, User user) {
    synchronized (forge) {
      forge.teams.computeIfAbsent(team, t -> new HashSet<>()).add(user.id());
    }
  }

  /** Opens a change request against {@code main} from a new branch with one commit. */
  public ChangeRequestId open(String repository, String title, Map<String, String> files, User by) {
    return open(repository, title, files, title, by);
  }

  /**
   * @param message the commit's
   */
  public ChangeRequestId open(
      String repository, String title, Map<String, String> files, String message, User by) {
    return open(repository, title, Optional.empty(), files, message, by);
  }

  /**
   * @param branch absent: one is named after the change request
   * @param message the commit's
   */
  public ChangeRequestId open(
      String repository,
      String title,
      Optional<String> branch,
      Map<String, String> files,
      String message,
      User by) {
    ChangeRequestId id;
    String head;
    synchronized (forge) {
      id = new ChangeRequestId(ForgeKind.MEMORY, repository, forge.changeRequests.size() + 1L);
      MemoryRepository store = forge.repository(id);
      String name = branch.orElse("change-" + id.number());
      head = store
          .add(List.of(store.tip("main").sha()), contents(files), message, by)
          .sha();
      store.moveBranch(name, head);
      MemoryChangeRequest request = new MemoryChangeRequest(id, title, by, name, "main");
      request.add(new Conversation.Opened(by, title, forge.clock.instant()));
      forge.changeRequests.put(id, request);
    }
    forge.tell(new ForgeEvent.ReviewWanted(id, Optional.of(head), "opened"));
    return id;
  }

  /** Adds a commit to the change request's branch. */
  public String push(
      ChangeRequestId id, Map<String, Optional<String>> changes, String message, User by) {
    String head;
    synchronized (forge) {
      MemoryChangeRequest request = forge.find(id);
      MemoryRepository repository = forge.repository(id);
      head = repository
          .add(List.of(repository.tip(request.headBranch).sha()), changes, message, by)
          .sha();
      pushed(request, head, message, by);
    }
    forge.tell(new ForgeEvent.ReviewWanted(id, Optional.of(head), "pushed"));
    return head;
  }

  /** Replaces the branch by one commit on the base's tip, with the same files: a rebase and squash, force-pushed. */
  public String rebase(ChangeRequestId id, String message, User by) {
    String head;
    synchronized (forge) {
      MemoryChangeRequest request = forge.find(id);
      MemoryRepository repository = forge.repository(id);
      String base = repository.tip(request.baseBranch).sha();
      MemoryRepository.Commit merged =
          repository.merge(base, repository.tip(request.headBranch).sha(), message, by);
      Map<String, Optional<String>> changes = new HashMap<>();
      repository.commit(base).files().keySet().forEach(path -> changes.put(path, Optional.empty()));
      merged.files().forEach((path, text) -> changes.put(path, Optional.of(text)));
      head = repository.add(List.of(base), changes, message, by).sha();
      pushed(request, head, message, by);
    }
    forge.tell(new ForgeEvent.ReviewWanted(id, Optional.of(head), "pushed"));
    return head;
  }

  private void pushed(MemoryChangeRequest request, String head, String message, User by) {
    forge.repository(request.id).moveBranch(request.headBranch, head);
    request.add(new Conversation.Pushed(by, head, message, forge.clock.instant()));
  }

  /** Commits to a branch that no change request belongs to: {@code main}. */
  public String commit(
      String repository,
      String branch,
      Map<String, Optional<String>> changes,
      String message,
      User by) {
    synchronized (forge) {
      MemoryRepository store =
          forge.repository(new ChangeRequestId(ForgeKind.MEMORY, repository, 0));
      String tip =
          store.add(List.of(store.tip(branch).sha()), changes, message, by).sha();
      store.moveBranch(branch, tip);
      return tip;
    }
  }

  /** Writes in the conversation. */
  public String comment(ChangeRequestId id, User by, String body) {
    MemoryComment comment;
    synchronized (forge) {
      comment = new MemoryComment(forge.freshId(), by, body, forge.clock.instant());
      forge.find(id).add(comment);
    }
    forge.tell(new ForgeEvent.Commented(
        id, by, new CommentRef(comment.id, false, Optional.empty()), body));
    return comment.id;
  }

  /** Answers in a thread. */
  public String reply(ChangeRequestId id, String threadId, User by, String body) {
    MemoryComment comment;
    synchronized (forge) {
      comment = new MemoryComment(forge.freshId(), by, body, forge.clock.instant());
      forge.find(id).thread(threadId).comments.add(comment);
    }
    forge.tell(new ForgeEvent.Commented(
        id, by, new CommentRef(comment.id, true, Optional.of(threadId)), body));
    return comment.id;
  }

  public void resolve(ChangeRequestId id, String threadId) {
    synchronized (forge) {
      forge.find(id).thread(threadId).resolved = true;
    }
  }

  /** Deletes a comment of the conversation, as an administrator may. */
  public void delete(ChangeRequestId id, String commentId) {
    synchronized (forge) {
      forge.find(id).delete(commentId);
    }
  }

  /** Presses a button of a check on the head. */
  public void press(ChangeRequestId id, User by, String button) {
    boolean there = forge.conversation(id).checks().stream()
        .flatMap(c -> c.report().buttons().stream())
        .anyMatch(b -> b.identifier().equals(button));
    if (!there) {
      throw new ForgeException(
          ForgeException.Kind.NOT_FOUND, "no check on " + id.key() + " has a button " + button);
    }
    forge.tell(new ForgeEvent.ButtonPressed(id, by, button));
  }

  /** Puts the change request in the merge queue: a combined commit that needs checks of its own. */
  public MergeGroup enqueue(ChangeRequestId id, User by) {
    MergeGroup group;
    synchronized (forge) {
      MemoryChangeRequest request = forge.find(id);
      MemoryRepository repository = forge.repository(id);
      String base = repository.tip(request.baseBranch).sha();
      String head = repository
          .merge(base, repository.tip(request.headBranch).sha(), "Merge " + request.title, by)
          .sha();
      group = new MergeGroup(ForgeKind.MEMORY, id.repository(), head, base, request.baseBranch);
    }
    forge.tell(
        new ForgeEvent.ReviewWanted(group, Optional.of(group.headSha()), "queued for merging"));
    return group;
  }

  /** Merges the change request into its base. */
  public void merge(ChangeRequestId id, User by) {
    synchronized (forge) {
      MemoryChangeRequest request = forge.find(id);
      MemoryRepository repository = forge.repository(id);
      String base = repository.tip(request.baseBranch).sha();
      String merged = repository
          .merge(base, repository.tip(request.headBranch).sha(), "Merge " + request.title, by)
          .sha();
      repository.moveBranch(request.baseBranch, merged);
    }
    close(id, by);
  }

  public void close(ChangeRequestId id, User by) {
    synchronized (forge) {
      MemoryChangeRequest request = forge.find(id);
      request.open = false;
      request.add(new Conversation.Closed(by, forge.clock.instant()));
    }
    forge.tell(new ForgeEvent.Closed(id));
  }

  private static Map<String, Optional<String>> contents(Map<String, String> files) {
    return files.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> Optional.of(e.getValue())));
  }
}
