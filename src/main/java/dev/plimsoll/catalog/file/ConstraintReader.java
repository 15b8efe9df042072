package dev.plimsoll.catalog.file;

import dev.plimsoll.schema.Constraint;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.ReferentialAction;
import dev.plimsoll.sql.RelationName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads one constraint. */
final class ConstraintReader {

  private static final Words<ReferentialAction> ACTIONS = new Words<>(ReferentialAction.class);

  private final JsonCursor json;

  private Optional<String> name;
  private Optional<ConstraintKind> kind;
  private List<String> columns;
  private Optional<String> expression;
  private Optional<RelationName> references;
  private List<String> referencedColumns;
  private ReferentialAction onDelete;
  private ReferentialAction onUpdate;
  private Optional<String> method;
  private boolean deferrable;
  private boolean noInherit;
  private boolean validated;

  ConstraintReader(JsonCursor json) {
    this.json = json;
  }

  /** Empty, with a problem, when it cannot be read. */
  Optional<Constraint> read() throws IOException {
    name = Optional.empty();
    kind = Optional.empty();
    columns = List.of();
    expression = Optional.empty();
    references = Optional.empty();
    referencedColumns = List.of();
    onDelete = ReferentialAction.NO_ACTION;
    onUpdate = ReferentialAction.NO_ACTION;
    method = Optional.empty();
    deferrable = false;
    noInherit = false;
    validated = true;
    int before = json.problems().size();
    JsonCursor.Mark mark = json.mark();
    if (!json.object("must be an object that describes a constraint", this::key)
        || json.problems().size() > before) {
      return Optional.empty();
    }
    String missing = missing();
    if (!missing.isEmpty()) {
      json.problemAt(mark, "this constraint lacks " + missing);
      return Optional.empty();
    }
    return Optional.of(new Constraint(name.orElseThrow(), definition(), validated));
  }

  private boolean key(String key) throws IOException {
    switch (key) {
      case "name" -> name = json.name("must be the constraint's name");
      case "type" -> kind = ConstraintKind.WORDS.read(json);
      case "columns" ->
        columns = json.names("must be an array of strings: the constraint's columns");
      case "expression" -> expression = json.text("must be the check's condition as SQL");
      case "references" -> references();
      case "on_delete" -> onDelete = ACTIONS.read(json).orElse(ReferentialAction.NO_ACTION);
      case "on_update" -> onUpdate = ACTIONS.read(json).orElse(ReferentialAction.NO_ACTION);
      case "method" -> method = json.name("must be the index method, such as gist");
      case "deferrable" -> deferrable = json.flag("must be true or false").orElse(false);
      case "no_inherit" -> noInherit = json.flag("must be true or false").orElse(false);
      case "validated" -> validated = json.flag("must be true or false").orElse(true);
      // For people: the parts above say what is needed.
      case "definition" -> json.text("must be the constraint as SQL");
      default -> {
        return false;
      }
    }
    return true;
  }

  private String missing() {
    if (name.isEmpty()) {
      return "\"name\"";
    }
    if (kind.isEmpty()) {
      return "\"type\"; it " + ConstraintKind.WORDS.expected();
    }
    return switch (kind.get()) {
      case CHECK -> expression.isEmpty() ? "\"expression\", the check's condition as SQL" : "";
      case FOREIGN_KEY ->
        columns.isEmpty() ? "\"columns\"" : references.isEmpty() ? "\"references\"" : "";
      case UNIQUE, PRIMARY_KEY -> columns.isEmpty() ? "\"columns\"" : "";
      case NOT_NULL -> columns.size() != 1 ? "\"columns\" with the one column" : "";
      case EXCLUDE -> "";
    };
  }

  private ConstraintDefinition definition() {
    return switch (kind.orElseThrow()) {
      case CHECK ->
        new ConstraintDefinition.Check(
            name, CheckText.read(expression.orElseThrow(), columns), !validated, noInherit);
      case FOREIGN_KEY ->
        new ConstraintDefinition.ForeignKey(
            name,
            columns,
            references.orElseThrow(),
            referencedColumns,
            onDelete,
            onUpdate,
            !validated,
            deferrable);
      case UNIQUE -> new ConstraintDefinition.Unique(name, columns, Optional.empty(), deferrable);
      case PRIMARY_KEY -> new ConstraintDefinition.PrimaryKey(name, columns, Optional.empty());
      case NOT_NULL -> new ConstraintDefinition.NotNull(name, columns.getFirst(), !validated);
      case EXCLUDE -> new ConstraintDefinition.Exclude(name, method.orElse("gist"));
    };
  }

  private void references() throws IOException {
    RelationReader relation = new RelationReader(json);
    references = relation.read(
        "must be an object with the referenced table's \"schema\", \"name\" and \"columns\"");
    referencedColumns = relation.columns();
  }
}
