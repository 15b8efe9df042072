package dev.plimsoll.forge.memory;

import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.User;
import dev.plimsoll.rules.Fingerprint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Commits and branches. Guarded by the forge's lock. */
final class MemoryRepository {

  /**
   * @param parents the first is the branch's own
   */
  record Commit(
      String sha,
      List<String> parents,
      SortedMap<String, String> files,
      String message,
      User author) {
    Commit {
      parents = List.copyOf(parents);
      files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
  }

  private final String name;
  private final Map<String, Commit> commits = new HashMap<>();
  private final Map<String, String> branches = new HashMap<>();

  MemoryRepository(String name) {
    this.name = name;
  }

  Commit commit(String sha) {
    return Optional.ofNullable(commits.get(sha))
        .orElseThrow(() ->
            new ForgeException(ForgeException.Kind.NOT_FOUND, name + " has no commit " + sha));
  }

  boolean hasBranch(String branch) {
    return branches.containsKey(branch);
  }

  Commit tip(String branch) {
    return Optional.ofNullable(branches.get(branch))
        .map(this::commit)
        .orElseThrow(() ->
            new ForgeException(ForgeException.Kind.NOT_FOUND, name + " has no branch " + branch));
  }

  void moveBranch(String branch, String sha) {
    branches.put(branch, commit(sha).sha());
  }

  /**
   * @param changes new contents by path; absent: the file is removed
   */
  Commit add(
      List<String> parents, Map<String, Optional<String>> changes, String message, User author) {
    SortedMap<String, String> files = new TreeMap<>();
    if (!parents.isEmpty()) {
      files.putAll(commit(parents.getFirst()).files());
    }
    changes.forEach((path, content) ->
        content.ifPresentOrElse(c -> files.put(path, c), () -> files.remove(path)));
    return add(parents, files, message, author);
  }

  private Commit add(
      List<String> parents, SortedMap<String, String> files, String message, User author) {
    String first = Fingerprint.of(
            name, String.valueOf(commits.size()), parents.toString(), files.toString(), message)
        .value();
    String sha = first
        + Fingerprint.of(first).value()
        + Fingerprint.of(first, message).value().substring(0, 8);
    Commit commit = new Commit(sha, parents, files, message, author);
    commits.put(sha, commit);
    return commit;
  }

  /** The merge of a head into a base: the base's files with what the head changed since they parted. */
  Commit merge(String baseSha, String headSha, String message, User author) {
    Commit base = commit(baseSha);
    Commit head = commit(headSha);
    SortedMap<String, String> since = commit(mergeBase(baseSha, headSha)).files();
    Map<String, Optional<String>> changes = new TreeMap<>();
    Set<String> paths = new LinkedHashSet<>(since.keySet());
    paths.addAll(head.files().keySet());
    for (String path : paths) {
      Optional<String> before = Optional.ofNullable(since.get(path));
      Optional<String> after = Optional.ofNullable(head.files().get(path));
      if (!before.equals(after)) {
        changes.put(path, after);
      }
    }
    SortedMap<String, String> files = new TreeMap<>(base.files());
    changes.forEach((path, content) ->
        content.ifPresentOrElse(c -> files.put(path, c), () -> files.remove(path)));
    return add(List.of(baseSha, headSha), files, message, author);
  }

  /** The nearest commit that both come from. */
  String mergeBase(String a, String b) {
    Set<String> ancestors = new HashSet<>(ancestorsOf(a));
    return ancestorsOf(b).stream()
        .filter(ancestors::contains)
        .findFirst()
        .orElseThrow(() -> new ForgeException(
            ForgeException.Kind.REFUSED, "no common history of " + a + " and " + b));
  }

  /** The commits of {@code head} that {@code base} does not have, the newest last. */
  List<Commit> between(String base, String head) {
    Set<String> known = new HashSet<>(ancestorsOf(base));
    List<Commit> added = new ArrayList<>();
    ancestorsOf(head).stream()
        .filter(sha -> !known.contains(sha))
        .map(this::commit)
        .forEach(added::add);
    Collections.reverse(added);
    return added;
  }

  /** A commit and those before it, the nearest first. */
  private List<String> ancestorsOf(String sha) {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(sha));
    while (!open.isEmpty()) {
      String next = open.removeFirst();
      if (seen.add(next)) {
        open.addAll(commit(next).parents());
      }
    }
    return List.copyOf(seen);
  }
}
