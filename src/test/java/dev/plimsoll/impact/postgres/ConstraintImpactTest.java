package dev.plimsoll.impact.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.impact.Impact;
import dev.plimsoll.impact.Outcome;
import dev.plimsoll.impact.Situation;
import dev.plimsoll.schema.Column;
import dev.plimsoll.schema.Schema;
import dev.plimsoll.schema.SchemaChanges;
import dev.plimsoll.schema.Table;
import dev.plimsoll.schema.TableKind;
import dev.plimsoll.sql.DataType;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.postgres.PostgresReader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConstraintImpactTest {

  @Test
  void indexesThatTheCatalogLeavesOutAreNotTakenToBeMissing() {
    Column id = new Column("id", DataType.of("int8"), true, Optional.empty(), false);
    Table customers = new Table(
        RelationName.of("customers"),
        TableKind.TABLE,
        List.of(id),
        List.of(),
        List.of(),
        Optional.empty());

    Impact impact = on(
        Schema.of(List.of(customers)),
        "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (c) REFERENCES customers (id) NOT VALID");

    assertThat(impact.outcome()).isEqualTo(Outcome.SUCCEEDS);
  }

  @Test
  void aPrimaryKeyMayTakeThePlaceOfTheOneThatTheSameStatementDrops() {
    Schema schema = SchemaChanges.apply(
        Schema.empty(), statement("CREATE TABLE t (id int PRIMARY KEY, other int NOT NULL)"));

    Impact impact = on(schema, "ALTER TABLE t ADD PRIMARY KEY (other), DROP COLUMN id");

    assertThat(impact.outcome()).isInstanceOf(Outcome.DependsOnData.class);
  }

  private static Impact on(Schema schema, String sql) {
    return new PostgresImpact()
        .of(statement(sql), new Situation(schema, 17, true, true, table -> true));
  }

  private static Statement statement(String sql) {
    return new PostgresReader()
        .read(new SourceText("test.sql", sql))
        .statements()
        .getFirst()
        .statement();
  }
}
