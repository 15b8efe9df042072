package dev.plimsoll.review.config;

import dev.plimsoll.checklist.ChecklistItem;
import dev.plimsoll.review.config.Config.Ai;
import dev.plimsoll.review.config.Config.Database;
import dev.plimsoll.rules.Severity;
import dev.plimsoll.rules.Thresholds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads {@code .plimsoll.yml}. Strict: what it does not know is an error with its place, since a setting that is silently left out would make
 * a check pass that should not.
 */
public final class ConfigReader {

  /** Where the file stands in a repository. */
  public static final String PATH = ".plimsoll.yml";

  private static final Map<String, Optional<Severity>> SEVERITIES = severities();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern TEAM =
      Pattern.compile("[A-Za-z0-9_.-]{1,255}(?:/[A-Za-z0-9_.-]{1,255}){0,20}");
  private static final int MOST_DATABASES = 50;
  private static final int MOST_TEAMS = 50;

  private final Set<String> rules;
  private final DatabaseReader databases;

  /**
   * @param rules the ids of all rules
   * @param formats the ids of all migration formats
   */
  public ConfigReader(Set<String> rules, Set<String> formats) {
    this.rules = new TreeSet<>(rules);
    this.databases = new DatabaseReader(formats);
  }

  public ConfigReading read(String yaml) {
    Problems problems = new Problems();
    Optional<Config> config = YamlText.read(yaml, problems)
        .map(node -> new Value(node, "the file", problems))
        .flatMap(Value::section)
        .map(this::config);
    if (config.isEmpty() && problems.none()) {
      problems.at(
          Optional.empty(), "the file is empty; the least that it can say is \"version: 1\"");
    }
    return problems.none()
        ? new ConfigReading.Ok(config.orElseThrow())
        : new ConfigReading.Bad(problems.all());
  }

  private Config config(Section file) {
    file.required("version").ifPresent(ConfigReader::version);
    List<Database> found =
        file.value("databases").map(this::databases).orElse(Config.DEFAULT.databases());
    Map<String, Optional<Severity>> severities =
        file.value("rules").map(this::rules).orElse(Map.of());
    Thresholds thresholds =
        file.value("thresholds").flatMap(ThresholdsReader::read).orElse(Thresholds.DEFAULT);
    Set<ChecklistItem> required = file.value("checklist")
        .flatMap(Value::section)
        .flatMap(ConfigReader::requiredItems)
        .orElse(EnumSet.allOf(ChecklistItem.class));
    List<String> teams =
        file.value("overrides").flatMap(Value::section).map(ConfigReader::teams).orElse(List.of());
    Ai ai = file.value("ai").flatMap(Value::section).map(ConfigReader::ai).orElse(Ai.LIKE_PEOPLE);
    file.close();
    return new Config(found, severities, thresholds, required, teams, ai);
  }

  private static void version(Value version) {
    version
        .text()
        .filter(text -> !text.equals("1"))
        .ifPresent(text ->
            version.wrong("is " + Problems.quote(text) + "; this Plimsoll reads version 1"));
  }

  private List<Database> databases(Value value) {
    List<Database> found = new ArrayList<>();
    Map<String, Value.Entry> entries = value.entries(MOST_DATABASES).orElse(Map.of());
    if (value.node() instanceof org.snakeyaml.engine.v2.nodes.MappingNode && entries.isEmpty()) {
      value.wrong("names no database");
    }
    entries.forEach((name, entry) -> {
      if (!NAME.matcher(name).matches()) {
        value
            .problems()
            .at(
                entry.key(),
                "a database's name has letters, digits, dots, dashes and underscores, 63 at most");
      }
      databases.read(name, entry.value()).ifPresent(found::add);
    });
    return found.isEmpty() ? Config.DEFAULT.databases() : found;
  }

  private Map<String, Optional<Severity>> rules(Value value) {
    Map<String, Optional<Severity>> severities = new TreeMap<>();
    value.entries(500).orElse(Map.of()).forEach((rule, entry) -> {
      if (!rules.contains(rule)) {
        value
            .problems()
            .at(
                entry.key(),
                "there is no rule " + Problems.quote(rule) + Nearest.hint(rule, rules));
      }
      entry.value().oneOf(SEVERITIES).ifPresent(severity -> severities.put(rule, severity));
    });
    return severities;
  }

  private static Optional<Set<ChecklistItem>> requiredItems(Section section) {
    Optional<Set<ChecklistItem>> items = section.required("required").map(value -> {
      Set<ChecklistItem> required = EnumSet.noneOf(ChecklistItem.class);
      for (ChecklistItem item : value.list(20, v -> v.oneOf(items()))) {
        if (!required.add(item)) {
          value.wrong("names " + item.id() + " twice");
        }
      }
      return required;
    });
    section.close();
    return items;
  }

  private static List<String> teams(Section section) {
    List<String> teams = section
        .required("teams")
        .map(value -> value.list(MOST_TEAMS, ConfigReader::team))
        .orElse(List.of());
    section.close();
    return teams;
  }

  private static Optional<String> team(Value value) {
    Optional<String> text = value.text();
    return text.isEmpty() || TEAM.matcher(text.get()).matches()
        ? text
        : value.wrong("must be a team such as acme/dbas, not " + Problems.quote(text.get()));
  }

  private static Ai ai(Section section) {
    Optional<String> severity =
        section.required("severity").flatMap(v -> v.oneOf(Set.of("blocking")));
    section.close();
    return severity.isPresent() ? Ai.ADVICE_BLOCKS : Ai.LIKE_PEOPLE;
  }

  private static Map<String, ChecklistItem> items() {
    Map<String, ChecklistItem> items = new LinkedHashMap<>();
    for (ChecklistItem item : ChecklistItem.values()) {
      items.put(item.id(), item);
    }
    return items;
  }

  private static Map<String, Optional<Severity>> severities() {
    Map<String, Optional<Severity>> words = new LinkedHashMap<>();
    words.put("blocking", Optional.of(Severity.BLOCKING));
    words.put("advice", Optional.of(Severity.ADVICE));
    words.put("off", Optional.empty());
    return words;
  }
}
