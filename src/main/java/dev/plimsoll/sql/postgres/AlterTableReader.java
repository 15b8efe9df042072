package dev.plimsoll.sql.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plimsoll.sql.Expression;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.AlterTable;
import dev.plimsoll.sql.Statement.TableCommand;
import dev.plimsoll.sql.TableChange;
import dev.plimsoll.sql.TableChange.AddConstraint;
import dev.plimsoll.sql.TableChange.OtherChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads ALTER TABLE, each command with its own place. */
final class AlterTableReader {
  private final PieceSource source;
  private final Names names;
  private final ExpressionReader expressions;
  private final TypeReader types;
  private final ColumnReader columns;
  private final ConstraintReader constraints;

  AlterTableReader(
      PieceSource source,
      Names names,
      ExpressionReader expressions,
      TypeReader types,
      ColumnReader columns,
      ConstraintReader constraints) {
    this.source = source;
    this.names = names;
    this.expressions = expressions;
    this.types = types;
    this.columns = columns;
    this.constraints = constraints;
  }

  /** The tokens of a command. */
  private record Place(int first, int behind) {}

  Statement read(JsonNode statement) {
    JsonNode relation = statement.path("relation");
    JsonNode written = statement.path("cmds");
    List<Place> places = places(relation, written.size());
    List<TableCommand> commands = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      Place place = places.get(i);
      TableChange change = change(written.path(i).path("AlterTableCmd"), place);
      commands.add(new TableCommand(change, source.span(place.first(), place.behind())));
    }
    return new AlterTable(
        names.relation(relation),
        statement.path("missing_ok").asBoolean(),
        !relation.path("inh").asBoolean(),
        commands);
  }

  /** ALTER TABLE ... SET SCHEMA, which the grammar keeps apart. */
  Statement setSchema(JsonNode statement) {
    JsonNode relation = statement.path("relation");
    Place place = places(relation, 1).getFirst();
    TableChange change = new OtherChange("SET SCHEMA");
    return new AlterTable(
        names.relation(relation),
        statement.path("missing_ok").asBoolean(),
        false,
        List.of(new TableCommand(change, source.span(place.first(), place.behind()))));
  }

  private List<Place> places(JsonNode relation, int commands) {
    TokenList tokens = source.tokens();
    int first = source.token(relation) + 1;
    while (tokens.is(first, '.')) {
      first += 2;
    }
    if (tokens.is(first, ')')) {
      first++; // ONLY (t)
    }
    if (tokens.is(first, '*')) {
      first++;
    }
    List<Place> places = new ArrayList<>();
    while (first < source.to()) {
      int behind = tokens.endOfElement(first, source.to());
      places.add(new Place(first, behind));
      first = behind + 1;
    }
    if (places.size() != commands) {
      Place whole = new Place(source.from(), source.to());
      return new ArrayList<>(java.util.Collections.nCopies(commands, whole));
    }
    return places;
  }

  private TableChange change(JsonNode command, Place place) {
    String name = names.text(command, "name");
    boolean missingOk = command.path("missing_ok").asBoolean();
    boolean cascade = command.path("behavior").asText().equals("DROP_CASCADE");
    JsonNode definition = command.path("def");
    return switch (command.path("subtype").asText()) {
      case "AT_AddColumn" ->
        new TableChange.AddColumn(columns.read(definition.path("ColumnDef")), missingOk);
      case "AT_DropColumn" -> new TableChange.DropColumn(name, missingOk, cascade);
      case "AT_AlterColumnType" -> alterType(name, definition.path("ColumnDef"), place);
      case "AT_SetNotNull" -> new TableChange.SetNotNull(name);
      case "AT_DropNotNull" -> new TableChange.DropNotNull(name);
      case "AT_ColumnDefault" ->
        definition.isObject()
            ? new TableChange.SetDefault(name, behind("DEFAULT", definition, place))
            : new TableChange.DropDefault(name);
      case "AT_AddConstraint" ->
        constraints
            .ofTable(definition.path("Constraint"))
            .<TableChange>map(AddConstraint::new)
            .orElseGet(() -> new OtherChange("ADD CONSTRAINT"));
      case "AT_ValidateConstraint" -> new TableChange.ValidateConstraint(name);
      case "AT_DropConstraint" -> new TableChange.DropConstraint(name, missingOk, cascade);
      case "AT_AttachPartition" ->
        new TableChange.AttachPartition(
            names.relation(definition.path("PartitionCmd").path("name")),
            definition.path("PartitionCmd").path("bound").path("is_default").asBoolean());
      case "AT_DetachPartition" ->
        new TableChange.DetachPartition(
            names.relation(definition.path("PartitionCmd").path("name")),
            definition.path("PartitionCmd").path("concurrent").asBoolean());
      case String other -> new OtherChange(OtherChanges.describe(other, command));
    };
  }

  private TableChange alterType(String column, JsonNode definition, Place place) {
    Optional<Expression> using = definition.has("raw_default")
        ? Optional.of(behind("USING", definition.path("raw_default"), place))
        : Optional.empty();
    return new TableChange.AlterColumnType(
        column, types.read(definition.path("typeName")), using, columns.collation(definition));
  }

  private Expression behind(String keyword, JsonNode expression, Place place) {
    int at = source.tokens().find(keyword, place.first(), place.behind());
    return expressions.read(expression, at + 1, place.behind());
  }
}
