package dev.plimsoll.server;

import dev.plimsoll.server.ReviewWorkflow.Outcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/** What Prometheus is told. */
final class Metrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  void waiting(Supplier<Number> count) {
    Gauge.builder("plimsoll_deliveries_waiting", count)
        .description("Deliveries that are not handled yet")
        .register(registry);
  }

  Timer deliveries(String forge) {
    return Timer.builder("plimsoll_deliveries")
        .description("Webhooks, until they are committed")
        .tag("forge", forge)
        .publishPercentiles(0.5, 0.99)
        .register(registry);
  }

  void refused(String forge, String why) {
    registry.counter("plimsoll_deliveries_refused", "forge", forge, "why", why).increment();
  }

  void reviewed(Outcome outcome, Duration took) {
    String result = switch (outcome) {
      case Outcome.Reviewed reviewed -> reviewed.review().verdict().isReady() ? "ready" : "held";
      case Outcome.NothingToReview nothing -> "nothing";
      case Outcome.Closed closed -> "closed";
      case Outcome.Failed failed -> "failed";
    };
    registry.timer("plimsoll_reviews", "result", result).record(took);
  }

  void commanded() {
    registry.counter("plimsoll_commands").increment();
  }

  String scrape() {
    return registry.scrape();
  }
}
