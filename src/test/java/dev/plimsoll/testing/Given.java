package dev.plimsoll.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.impact.CostModel;
import dev.plimsoll.impact.Rates;
import dev.plimsoll.impact.postgres.PostgresImpact;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.migration.format.MigrationFormats;
import dev.plimsoll.migration.format.Selection;
import dev.plimsoll.rules.Deployment;
import dev.plimsoll.rules.Deployments;
import dev.plimsoll.rules.Finding;
import dev.plimsoll.rules.Rules;
import dev.plimsoll.rules.Severity;
import dev.plimsoll.rules.Thresholds;
import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.postgres.PostgresReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A change request against a described production, and what all rules together say to it. A line of a migration that a finding is
 * expected on ends in {@code -- FIND rule-id}; several ids are separated by spaces, and {@code advice:} in front of one asks for that
 * severity.
 */
public final class Given {

  private static final PostgresReader READER = new PostgresReader();
  private static final Pattern MARK = Pattern.compile("-- FIND ([a-z:-]+(?: [a-z:-]+)*)");

  private final Optional<CatalogFixture> catalog;
  private final List<SourceFile> files = new ArrayList<>();
  private Map<String, Optional<Severity>> configured = new HashMap<>();

  private Given(Optional<CatalogFixture> catalog) {
    this.catalog = catalog;
  }

  public static Given given(CatalogFixture catalog) {
    return new Given(Optional.of(catalog));
  }

  public static Given givenNoCatalog() {
    return new Given(Optional.empty());
  }

  /** A file of no framework, as psql runs it: each statement by itself. */
  public Given migration(String sql) {
    return file("migrations/" + (files.size() + 1) + ".sql", sql);
  }

  /** In one transaction. */
  public Given flyway(String sql) {
    return file("db/migration/V" + (files.size() + 1) + "__change.sql", sql);
  }

  public Given file(String path, String sql) {
    files.add(SourceFile.added(path, sql));
    return this;
  }

  public Given configured(String rule, Optional<Severity> severity) {
    configured.put(rule, severity);
    return this;
  }

  public Deployment deployment() {
    MigrationSet migrations =
        MigrationFormats.all().read(files, new Selection.Automatic(), Engine.POSTGRESQL, READER);
    assertThat(migrations.unread()).as("files that were not read").isEmpty();
    assertThat(migrations.migrations()).as("migrations").hasSizeGreaterThanOrEqualTo(files.size());
    int version = catalog.map(CatalogFixture::majorVersion).orElse(17);
    Deployments deployments = new Deployments(
        Engine.POSTGRESQL,
        version,
        new PostgresImpact(),
        new CostModel(Rates.DEFAULT),
        Thresholds.DEFAULT);
    return deployments.of(migrations, catalog.map(CatalogFixture::build));
  }

  public List<Finding> findings() {
    return Rules.check(deployment(), configured);
  }

  /** The findings of one rule. */
  public List<Finding> findingsOf(String rule) {
    return findings().stream().filter(f -> f.rule().equals(rule)).toList();
  }

  /** Every mark has its finding and every finding its mark. */
  public Given finds() {
    TreeSet<String> expected = marks();
    assertThat(expected).as("a test of findings marks their lines").isNotEmpty();
    TreeSet<String> found = findings().stream()
        .map(f -> expected.contains(precise(f)) ? precise(f) : plain(f))
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(String.join("\n", found)).as(this::report).isEqualTo(String.join("\n", expected));
    return this;
  }

  public Given isQuiet() {
    assertThat(marks()).as("a quiet migration has no marks").isEmpty();
    assertThat(findings().stream().map(Given::plain).toList()).as(this::report).isEmpty();
    return this;
  }

  /** The whole text of the rule's only finding. */
  public Given says(String rule, String text) {
    List<Finding> found = findingsOf(rule);
    assertThat(found).as(this::report).hasSize(1);
    assertThat(FindingText.of(found.getFirst())).isEqualTo(text);
    return this;
  }

  /** A part of the text of the rule's only finding. */
  public Given mentions(String rule, String... parts) {
    List<Finding> found = findingsOf(rule);
    assertThat(found).as(this::report).hasSize(1);
    assertThat(FindingText.of(found.getFirst())).contains(parts);
    return this;
  }

  private String report() {
    return findings().stream().map(FindingText::of).collect(Collectors.joining("\n----\n"));
  }

  private TreeSet<String> marks() {
    TreeSet<String> marks = new TreeSet<>();
    for (SourceFile file : files) {
      List<String> lines = file.text().orElseThrow().lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        Matcher mark = MARK.matcher(lines.get(i));
        if (mark.find()) {
          for (String id : mark.group(1).split(" ")) {
            marks.add(file.path() + ":" + (i + 1) + " " + id);
          }
        }
      }
    }
    return marks;
  }

  private static String plain(Finding finding) {
    return finding.place().file() + ":" + finding.place().endLine() + " " + finding.rule();
  }

  private static String precise(Finding finding) {
    return finding.place().file() + ":" + finding.place().endLine() + " "
        + (finding.severity() == Severity.ADVICE ? "advice:" : "") + finding.rule();
  }
}
