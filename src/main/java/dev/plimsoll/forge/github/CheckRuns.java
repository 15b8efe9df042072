package dev.plimsoll.forge.github;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.plimsoll.forge.ChangeRequest;
import dev.plimsoll.forge.CheckReport;
import dev.plimsoll.forge.CheckReport.Annotation;
import dev.plimsoll.forge.Forge.Applied;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import dev.plimsoll.forge.Posted;
import dev.plimsoll.forge.github.PullQuery.Check;
import dev.plimsoll.forge.github.PullQuery.Rollup;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checks on a commit, as check runs. */
final class CheckRuns {

  private static final int ANNOTATIONS_IN_A_CALL = 50;
  private static final Pattern RUN = Pattern.compile("/runs/(\\d{1,19})(?:[/?#]|$)");

  private final GitHubCalls calls;
  private final GitHubApp app;
  private final Installations installations;

  /** What this process knows of the runs that it has made or seen; the rest is asked for. */
  private final Cache<String, Known> known = Caffeine.newBuilder()
      .maximumSize(100_000)
      .expireAfterAccess(Duration.ofDays(1))
      .build();

  private final Cache<String, Boolean> uncertain = Caffeine.newBuilder()
      .maximumSize(10_000)
      .expireAfterWrite(Duration.ofHours(1))
      .build();

  private record Known(boolean isFinal, boolean annotated) {}

  private record Listed(List<Run> checkRuns) {}

  private record Run(
      long id, String name, String status, String conclusion, Output output, App app) {}

  private record Output(String title, int annotationsCount) {}

  private record App(long id, String clientId) {}

  CheckRuns(GitHubCalls calls, GitHubApp app, Installations installations) {
    this.calls = calls;
    this.app = app;
    this.installations = installations;
  }

  /**
   * Plimsoll's own among the checks that came with the pull request. Other apps can give theirs the same name, and the list does not tell
   * the app: unless this process has made it, GitHub is asked whose it is.
   *
   * @param rollup absent when GitHub would not show it
   */
  List<Posted.Check> posted(
      String repository, String sha, Optional<Rollup> rollup, boolean readable) {
    List<Check> candidates = rollup
        .map(r -> r.contexts().nodes().stream().filter(CheckRuns::mayBeOwn).toList())
        .orElse(List.of());
    boolean whole =
        readable && !rollup.map(r -> r.contexts().pageInfo().hasNextPage()).orElse(false);
    if (whole
        && candidates.stream().allMatch(c -> known.getIfPresent(key(repository, id(c))) != null)) {
      return candidates.stream()
          .map(c -> new Posted.Check(
              id(c), c.name(), state(c.status(), c.conclusion()), String.valueOf(c.title())))
          .toList();
    }
    return own(repository, sha, "").stream()
        .map(r -> new Posted.Check(
            Long.toString(r.id()), r.name(), state(r.status(), r.conclusion()), title(r)))
        .toList();
  }

  private static boolean mayBeOwn(Check check) {
    return "CheckRun".equals(check.__typename()) && check.name().startsWith("plimsoll");
  }

  private static String id(Check check) {
    Matcher matcher = RUN.matcher(String.valueOf(check.url()));
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String key(String repository, String id) {
    return repository + "/" + id;
  }

  private static String title(Run run) {
    return run.output() == null || run.output().title() == null
        ? ""
        : run.output().title();
  }

  private static CheckReport.State state(String status, String conclusion) {
    return switch (String.valueOf(status).toLowerCase(java.util.Locale.ROOT)) {
      case "completed" ->
        Set.of("success", "neutral", "skipped")
                .contains(String.valueOf(conclusion).toLowerCase(java.util.Locale.ROOT))
            ? CheckReport.State.SUCCESS
            : CheckReport.State.FAILURE;
      case "in_progress" -> CheckReport.State.IN_PROGRESS;
      default -> CheckReport.State.QUEUED;
    };
  }

  /** The newest of each name, of this app only. */
  private List<Run> own(String repository, String sha, String name) {
    String byApp = app.appId().matches("\\d+") ? "&app_id=" + app.appId() : "";
    String byName =
        name.isEmpty() ? "" : "&check_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    Reply reply = calls.get(
        repository,
        "commits/" + Repositories.checkedSha(sha) + "/check-runs?filter=latest&per_page=100" + byApp
            + byName);
    List<Run> runs = reply.orThrow().as(Listed.class).checkRuns().stream()
        .filter(r -> r.app() != null
            && (app.appId().equals(Long.toString(r.app().id()))
                || app.appId().equals(r.app().clientId())))
        .toList();
    runs.forEach(r -> known.put(
        key(repository, Long.toString(r.id())),
        new Known("completed".equals(r.status()), annotations(r) > 0)));
    return runs;
  }

  private static int annotations(Run run) {
    return run.output() == null ? 0 : run.output().annotationsCount();
  }

  Applied put(ChangeRequest changeRequest, CheckReport report, Optional<String> replaces) {
    String repository = Repositories.checked(changeRequest.target().repository());
    Optional<String> updated = replaces.filter(id -> canBeUpdated(repository, id, report));
    List<List<Annotation>> batches = batches(report.annotations());
    String id = updated
        .flatMap(run -> update(repository, run, report, batches.getFirst()))
        .orElseGet(() -> create(changeRequest, repository, report, batches.getFirst()));
    known.put(
        key(repository, id),
        new Known(report.state().isFinal(), !report.annotations().isEmpty()));
    for (List<Annotation> further : batches.subList(1, batches.size())) {
      calls
          .patch(repository, "check-runs/" + id, Map.of("output", output(report, further)))
          .orThrow();
    }
    return new Applied(Map.of(report.name(), id), Set.of());
  }

  /** An update adds annotations to those that stand, and a finished run that starts again would keep its old conclusion for a while. */
  private boolean canBeUpdated(String repository, String id, CheckReport report) {
    if (!id.matches("\\d{1,19}")) {
      return false;
    }
    Optional<Known> state = Optional.ofNullable(known.getIfPresent(key(repository, id)))
        .or(() -> asked(repository, id));
    return state
        .filter(s -> !s.annotated() && (!s.isFinal() || report.state().isFinal()))
        .isPresent();
  }

  private Optional<Known> asked(String repository, String id) {
    return switch (calls.get(repository, "check-runs/" + id)) {
      case Reply.Missing _ -> Optional.empty();
      case Reply reply -> {
        Run run = reply.orThrow().as(Run.class);
        yield Optional.of(new Known("completed".equals(run.status()), annotations(run) > 0));
      }
    };
  }

  /** Empty: the run is gone. */
  private Optional<String> update(
      String repository, String id, CheckReport report, List<Annotation> annotations) {
    Map<String, Object> body = body(report, annotations);
    // Should the answer be lost, the annotations may stand already: then a new run follows
    known.put(key(repository, id), new Known(report.state().isFinal(), !annotations.isEmpty()));
    return switch (calls.patch(repository, "check-runs/" + id, body)) {
      case Reply.Missing _ -> Optional.empty();
      case Reply reply ->
        Optional.of(Long.toString(reply.orThrow().as(Run.class).id()));
    };
  }

  private String create(
      ChangeRequest changeRequest,
      String repository,
      CheckReport report,
      List<Annotation> annotations) {
    String key = repository + "@" + changeRequest.headSha() + "/" + report.name() + "/"
        + report.state() + "/" + report.title();
    if (uncertain.getIfPresent(key) != null) {
      Optional<String> made = made(repository, changeRequest.headSha(), report);
      uncertain.invalidate(key);
      if (made.isPresent()) {
        return made.get();
      }
    }
    Map<String, Object> body = body(report, annotations);
    body.put("head_sha", Repositories.checkedSha(changeRequest.headSha()));
    body.put("external_id", CheckTarget.of(changeRequest.target()));
    return switch (calls.post(repository, "check-runs", body)) {
      case Reply.Lost lost -> {
        uncertain.put(key, true);
        Optional<String> made = made(repository, changeRequest.headSha(), report);
        made.ifPresent(_ -> uncertain.invalidate(key));
        yield made.orElseThrow(lost::why);
      }
      case Reply.Refused refused
      when refused.message().contains("No commit found") ->
        throw new ForgeException(
            installations.mayLag(changeRequest.target()) ? Kind.RETRY_LATER : Kind.NOT_FOUND,
            refused.message());
      case Reply reply -> Long.toString(reply.orThrow().as(Run.class).id());
    };
  }

  /** A run that says what this report says: made by a call whose answer was lost. */
  private Optional<String> made(String repository, String sha, CheckReport report) {
    return own(repository, sha, report.name()).stream()
        .filter(r ->
            state(r.status(), r.conclusion()) == report.state() && title(r).equals(title(report)))
        .map(r -> Long.toString(r.id()))
        .findFirst();
  }

  private static List<List<Annotation>> batches(List<Annotation> annotations) {
    List<List<Annotation>> batches = new ArrayList<>();
    for (int i = 0; i == 0 || i < annotations.size(); i += ANNOTATIONS_IN_A_CALL) {
      batches.add(annotations.subList(i, Math.min(i + ANNOTATIONS_IN_A_CALL, annotations.size())));
    }
    return batches;
  }

  private static Map<String, Object> body(CheckReport report, List<Annotation> annotations) {
    if (report.buttons().size() > 3) {
      throw new ForgeException(
          Kind.REFUSED,
          "GitHub takes three buttons on a check, not " + report.buttons().size());
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", report.name());
    switch (report.state()) {
      case QUEUED -> body.put("status", "queued");
      case IN_PROGRESS -> body.put("status", "in_progress");
      case SUCCESS, FAILURE -> {
        body.put("status", "completed");
        body.put("conclusion", report.state() == CheckReport.State.SUCCESS ? "success" : "failure");
      }
    }
    body.put("output", output(report, annotations));
    body.put(
        "actions",
        report.buttons().stream()
            .map(b -> Map.of(
                "label", b.label(), "identifier", b.identifier(), "description", b.description()))
            .toList());
    return body;
  }

  private static String title(CheckReport report) {
    return Fitting.line(200, report.title());
  }

  private static Map<String, Object> output(CheckReport report, List<Annotation> annotations) {
    return Map.of(
        "title", title(report),
        "summary", Fitting.within(Fitting.SUMMARY, report.summary()),
        "annotations", annotations.stream().map(CheckRuns::annotation).toList());
  }

  private static Map<String, Object> annotation(Annotation annotation) {
    return Map.of(
        "path", annotation.path(),
        "start_line", annotation.fromLine(),
        "end_line", Math.max(annotation.fromLine(), annotation.toLine()),
        "annotation_level", annotation.failure() ? "failure" : "notice",
        "title", Fitting.line(200, annotation.title()),
        "message",
            Fitting.within(
                60_000,
                annotation.message().isBlank() ? annotation.title() : annotation.message()));
  }
}
