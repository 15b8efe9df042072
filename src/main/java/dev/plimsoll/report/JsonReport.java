package dev.plimsoll.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plimsoll.checklist.Checklist.Entry;
import dev.plimsoll.checklist.ItemState;
import dev.plimsoll.impact.DurationRange;
import dev.plimsoll.impact.Estimate;
import dev.plimsoll.review.Review;
import dev.plimsoll.review.Review.Judged;
import dev.plimsoll.review.Review.Standing;
import dev.plimsoll.review.Review.TimelineEntry;
import dev.plimsoll.rules.Exposure;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Fix;
import dev.plimsoll.rules.Fix.Stage;
import dev.plimsoll.sql.SourceSpan;
import java.util.Locale;

/**
 * A review as JSON, for programs. Its form is {@code docs/review.schema.json}; keys are added to version 1, never taken away or given another
 * meaning.
 */
public final class JsonReport {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private JsonReport() {}

  public static String of(Review review) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree(review)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain nodes can always be written", e);
    }
  }

  public static ObjectNode tree(Review review) {
    ObjectNode root = NODES.objectNode();
    root.put("version", 1);
    ObjectNode verdict = root.putObject("verdict");
    verdict.put("ready", review.verdict().isReady());
    verdict.put("title", Titles.verdict(review));
    verdict.put("blocking_findings", review.verdict().blockingFindings());
    verdict.put("problems", review.verdict().problems());
    ArrayNode open = verdict.putArray("open_items");
    review.verdict().openItems().forEach(i -> open.add(i.id()));
    ArrayNode migrations = root.putArray("migrations");
    review.migrations().forEach(migrations::add);
    ArrayNode findings = root.putArray("findings");
    review.findings().forEach(j -> findings.add(finding(j)));
    ArrayNode checklist = root.putArray("checklist");
    review.checklist().entries().forEach(e -> checklist.add(item(e)));
    ArrayNode tables = root.putArray("tables");
    review.tables().forEach(t -> tables.add(table(t)));
    ArrayNode timeline = root.putArray("timeline");
    review.timeline().forEach(t -> timeline.add(statement(t)));
    ObjectNode coverage = root.putObject("coverage");
    coverage.put("statements", review.coverage().statements());
    coverage.put("analysed", review.coverage().analysed());
    ArrayNode opaque = coverage.putArray("not_analysed");
    review.coverage().opaque().forEach(o -> {
      ObjectNode node = opaque.addObject();
      node.set("place", place(o.place()));
      node.put("reason", o.reason());
    });
    ArrayNode problems = root.putArray("problems");
    review.problems().forEach(p -> {
      ObjectNode node = problems.addObject();
      node.put("message", p.message().plain());
      p.place().ifPresent(at -> node.set("place", place(at)));
    });
    ArrayNode notices = root.putArray("notices");
    review.notices().forEach(n -> notices.add(n.plain()));
    root.put("fingerprint", review.fingerprint().value());
    root.set("inputs", inputs(review));
    return root;
  }

  private static ObjectNode finding(Judged judged) {
    Finding finding = judged.finding();
    ObjectNode node = NODES.objectNode();
    node.put("rule", finding.rule());
    node.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    node.put("holds_the_merge", judged.holdsTheMerge());
    node.set("place", place(finding.place()));
    node.put("headline", finding.headline().plain());
    ArrayNode effect = node.putArray("effect");
    finding.effect().forEach(e -> effect.add(e.plain()));
    finding.because().ifPresent(b -> node.put("because", b.plain()));
    ArrayNode tables = node.putArray("tables");
    finding.tables().forEach(t -> tables.add(t.toString()));
    finding.fix().ifPresent(f -> node.set("fix", fix(f)));
    node.set("standing", standing(judged.standing()));
    node.put("fingerprint", finding.fingerprint().value());
    return node;
  }

  private static ObjectNode standing(Standing standing) {
    ObjectNode node = NODES.objectNode();
    switch (standing) {
      case Standing.Open open -> {
        node.put("state", "open");
        open.wish().ifPresent(w -> node.put("author_asks_to_ignore", w.reason()));
      }
      case Standing.Overridden overridden -> {
        node.put("state", "overridden");
        node.put("override", overridden.override().id());
        node.put("person", overridden.override().person());
        node.put("reason", overridden.override().reason());
        node.put("at", overridden.override().at().toString());
      }
      case Standing.Ignored ignored -> {
        node.put("state", "ignored");
        node.put("reason", ignored.reason());
        node.set("comment", place(ignored.comment()));
      }
    }
    return node;
  }

  private static ObjectNode fix(Fix fix) {
    ObjectNode node = NODES.objectNode();
    switch (fix) {
      case Fix.Replacement replacement -> {
        node.put("kind", "replacement");
        node.put("why", replacement.why().plain());
        node.set("place", place(replacement.place()));
        node.put("sql", replacement.sql());
      }
      case Fix.Sequence sequence -> {
        node.put("kind", "sequence");
        node.put("why", sequence.summary().plain());
        ArrayNode stages = node.putArray("stages");
        sequence.stages().forEach(s -> stages.add(stage(s)));
      }
    }
    return node;
  }

  private static ObjectNode stage(Stage stage) {
    ObjectNode node = NODES.objectNode();
    node.put("title", stage.title().plain());
    node.put("transaction", stage.transaction());
    stage.deployBefore().ifPresent(d -> node.put("only_when", d.plain()));
    ArrayNode statements = node.putArray("statements");
    stage.statements().forEach(statements::add);
    return node;
  }

  private static ObjectNode item(Entry entry) {
    ObjectNode node = NODES.objectNode();
    node.put("item", entry.item().id());
    node.put("question", entry.item().question());
    node.put("required", entry.required());
    switch (entry.state()) {
      case ItemState.Answered answered -> {
        node.put("state", "answered");
        node.put("text", answered.evidence().plain());
        answered.person().ifPresent(p -> node.put("person", p));
      }
      case ItemState.Open open -> {
        node.put("state", "open");
        node.put("text", open.question().plain().strip());
      }
      case ItemState.NotApplicable not -> {
        node.put("state", "not_applicable");
        node.put("text", not.reason().plain());
      }
    }
    return node;
  }

  private static ObjectNode table(Exposure exposure) {
    ObjectNode node = NODES.objectNode();
    node.put("name", exposure.table().toString());
    node.put("band", exposure.band().name().toLowerCase(Locale.ROOT));
    node.put("busy", exposure.hot());
    exposure.size().rows().ifPresent(r -> node.put("rows", r.value()));
    exposure.size().data().ifPresent(b -> node.put("bytes", b.value()));
    exposure.size().total().ifPresent(b -> node.put("total_bytes", b.value()));
    exposure.traffic().readsPerSecond().ifPresent(r -> node.put("reads_per_second", r));
    exposure.traffic().writesPerSecond().ifPresent(w -> node.put("writes_per_second", w));
    return node;
  }

  private static ObjectNode statement(TimelineEntry entry) {
    ObjectNode node = NODES.objectNode();
    node.set("place", place(entry.place()));
    node.put("statement", entry.summary());
    node.put("transaction", entry.transaction());
    ArrayNode locks = node.putArray("locks");
    entry.locks().forEach((table, mode) -> {
      ObjectNode lock = locks.addObject();
      lock.put("relation", table.toString());
      lock.put("mode", mode.sql());
      lock.put("blocks_reads", mode.blocksReads());
      lock.put("blocks_writes", mode.blocksWrites());
    });
    switch (entry.estimate()) {
      case Estimate.Known known -> node.set("seconds", seconds(known));
      case Estimate.Unknown unknown -> node.put("unknown", unknown.reason());
    }
    entry.opaque().ifPresent(o -> node.put("not_analysed", o));
    return node;
  }

  private static ObjectNode seconds(Estimate.Known known) {
    DurationRange range = known.range();
    ObjectNode node = NODES.objectNode();
    node.put("low", range.low().toMillis() / 1000.0);
    node.put("high", range.high().toMillis() / 1000.0);
    ArrayNode arithmetic = node.putArray("arithmetic");
    known.arithmetic().forEach(arithmetic::add);
    return node;
  }

  private static ObjectNode inputs(Review review) {
    ObjectNode node = NODES.objectNode();
    node.put("configuration", review.inputs().configuration());
    node.put("at", review.inputs().at().toString());
    ArrayNode databases = node.putArray("databases");
    review.inputs().databases().forEach(d -> {
      ObjectNode database = databases.addObject();
      database.put("name", d.name());
      database.put("engine", d.engine());
      database.put("version", d.majorVersion());
      database.put("catalog", d.catalog());
    });
    return node;
  }

  private static ObjectNode place(SourceSpan span) {
    ObjectNode node = NODES.objectNode();
    node.put("file", span.file());
    node.put("line", span.line());
    node.put("column", span.start().column());
    node.put("end_line", span.endLine());
    node.put("end_column", span.end().column());
    return node;
  }
}
