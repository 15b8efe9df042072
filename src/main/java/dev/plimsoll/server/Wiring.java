package dev.plimsoll.server;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.plimsoll.catalog.source.CatalogStore;
import dev.plimsoll.catalog.source.UrlCatalogSource;
import dev.plimsoll.command.RuleBook;
import dev.plimsoll.forge.Forge;
import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeKind;
import dev.plimsoll.forge.ReportRenderer;
import dev.plimsoll.forge.ReviewRenderer;
import dev.plimsoll.forge.github.GitHubApp;
import dev.plimsoll.forge.github.GitHubEvents;
import dev.plimsoll.forge.github.GitHubForge;
import dev.plimsoll.forge.github.GitHubWebhook;
import dev.plimsoll.forge.github.Installations;
import dev.plimsoll.forge.gitlab.GitLabEvents;
import dev.plimsoll.forge.gitlab.GitLabForge;
import dev.plimsoll.forge.gitlab.GitLabSettings;
import dev.plimsoll.forge.gitlab.GitLabWebhook;
import dev.plimsoll.report.Links;
import dev.plimsoll.review.Reviewer;
import dev.plimsoll.review.Reviewers;
import dev.plimsoll.server.storage.CatalogSchedule;
import dev.plimsoll.server.storage.Inbox;
import dev.plimsoll.server.storage.ReviewLog;
import dev.plimsoll.server.storage.Storage;
import dev.plimsoll.server.storage.StoredDecisions;
import dev.plimsoll.server.storage.StoredLedger;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Puts the server together, by hand. */
public final class Wiring {

  private final ServerSettings settings;
  private final Clock clock = Clock.systemUTC();
  private final Map<ForgeKind, ForgeSide> sides = new EnumMap<>(ForgeKind.class);
  private final List<Webhooks.Door> doors = new ArrayList<>();
  private Optional<String> host = Optional.empty();

  private Wiring(ServerSettings settings) {
    this.settings = settings;
  }

  /** The server with the forges that the settings name. */
  public static Server of(ServerSettings settings) {
    Wiring wiring = new Wiring(settings);
    settings.github().ifPresent(wiring::github);
    settings.gitlab().ifPresent(wiring::gitlab);
    return wiring.server();
  }

  /** The server on another forge, such as one in memory. */
  public static Server of(ServerSettings settings, ForgeKind kind, ForgeSide side) {
    Wiring wiring = new Wiring(settings);
    wiring.sides.put(kind, side);
    return wiring.server();
  }

  /** The server on another forge that sends it webhooks, for this machine alone. */
  public static Server local(ServerSettings settings, ForgeSide side, Webhooks.Door door) {
    Wiring wiring = new Wiring(settings);
    wiring.host = Optional.of(InetAddress.getLoopbackAddress().getHostAddress());
    wiring.sides.put(door.forge(), side);
    wiring.doors.add(door);
    return wiring.server();
  }

  private void github(ServerSettings.GitHub github) {
    GitHubApp app = GitHubApp.of(
        URI.create(github.apiUrl()),
        github.appId(),
        github.privateKey(),
        List.of(github.webhookSecret()));
    Installations installations = new Installations();
    GitHubForge forge = new GitHubForge(app, installations, clock);
    GitHubEvents events = new GitHubEvents(app, installations);
    sides.put(ForgeKind.GITHUB, new ForgeSide(forge, events::parse, forge::withHead));
    doors.add(new GitHubDoor(new GitHubWebhook(app)));
  }

  private void gitlab(ServerSettings.GitLab gitlab) {
    GitLabSettings bot = GitLabSettings.of(
        URI.create(gitlab.url()), gitlab.token(), List.of(gitlab.webhookSecret()));
    Optional<String> base = settings.publicUrl();
    GitLabForge forge = new GitLabForge(
        bot, target -> base.map(b -> URI.create(b + Pages.pathOf(target.key()))), clock);
    GitLabEvents events = new GitLabEvents(forge::knownSelf);
    sides.put(
        ForgeKind.GITLAB,
        new ForgeSide(
            forge, (event, delivery, body) -> events.parse(event, body), forge::withHead));
    doors.add(new GitLabDoor(new GitLabWebhook(bot, clock)));
  }

  private Server server() {
    Storage storage = Storage.open(settings.databaseUrl());
    Metrics metrics = new Metrics();
    ReviewLog log = new ReviewLog(storage);
    Dispatcher dispatcher = new Dispatcher(sides);
    Inbox inbox = new Inbox(storage, clock, dispatcher::wake);
    metrics.waiting(inbox::waitingCount);
    CatalogUrls catalogs = catalogs(storage);
    StoredDecisions decisions = new StoredDecisions(storage);
    Function<ForgeKind, ReviewRenderer> renderers =
        kind -> new ReportRenderer(Links.DOCUMENTATION, kind);
    Reviewer reviewer = Reviewers.standard();
    ReviewWorkflow reviews = new ReviewWorkflow(
        this::forge,
        reviewer::review,
        renderers,
        Reviewers.configReader(),
        catalogs,
        decisions,
        new StoredLedger(storage),
        clock);
    CommandWorkflow commands =
        new CommandWorkflow(reviews, decisions, RuleBook.of(Links.DOCUMENTATION), clock);
    Worker worker = new Worker(
        inbox, sides, reviews, commands, new Remembering(log, metrics, renderers, clock));
    List<RecurringTask<?>> housekeeping =
        List.of(Tasks.recurring("catalogs", FixedDelay.of(Duration.ofSeconds(30)))
            .execute((instance, context) -> catalogs.refreshDue()));
    Queue queue = new Queue(storage, inbox, worker, housekeeping, dispatcher::wake);
    Pages pages = new Pages(log, settings.adminToken());
    return new Server(
        storage,
        inbox,
        dispatcher,
        queue,
        new Webhooks(inbox, metrics),
        doors,
        pages,
        new GitHubSetup(
            pages, settings.publicUrl(), settings.github().map(ServerSettings.GitHub::apiUrl)),
        metrics,
        host,
        settings.port());
  }

  private CatalogUrls catalogs(Storage storage) {
    CatalogStore store = new CatalogStore(settings.dataDirectory().resolve("catalogs"));
    UrlCatalogSource source = new UrlCatalogSource(
        store,
        settings.allowPrivateCatalogs(),
        name -> Optional.ofNullable(System.getenv(name)),
        clock);
    return new CatalogUrls(new CatalogSchedule(storage), store, source, clock);
  }

  private Forge forge(ForgeKind kind) {
    ForgeSide side = sides.get(kind);
    if (side == null) {
      throw new ForgeException(
          ForgeException.Kind.REFUSED, kind.id() + " is not configured on this server");
    }
    return side.forge();
  }
}
