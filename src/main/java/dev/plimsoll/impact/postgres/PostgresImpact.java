package dev.plimsoll.impact.postgres;

import dev.plimsoll.impact.Impact;
import dev.plimsoll.impact.ImpactModel;
import dev.plimsoll.impact.LockMode;
import dev.plimsoll.impact.Situation;
import dev.plimsoll.schema.SchemaChanges;
import dev.plimsoll.sql.ColumnDefinition;
import dev.plimsoll.sql.ConstraintDefinition;
import dev.plimsoll.sql.ConstraintDefinition.ForeignKey;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.AlterTable;
import dev.plimsoll.sql.Statement.CommentOn;
import dev.plimsoll.sql.Statement.CreateIndex;
import dev.plimsoll.sql.Statement.CreateObject;
import dev.plimsoll.sql.Statement.CreateTable;
import dev.plimsoll.sql.Statement.Delete;
import dev.plimsoll.sql.Statement.DropIndex;
import dev.plimsoll.sql.Statement.DropTable;
import dev.plimsoll.sql.Statement.Insert;
import dev.plimsoll.sql.Statement.Opaque;
import dev.plimsoll.sql.Statement.Rename;
import dev.plimsoll.sql.Statement.Select;
import dev.plimsoll.sql.Statement.SetSetting;
import dev.plimsoll.sql.Statement.TransactionControl;
import dev.plimsoll.sql.Statement.Truncate;
import dev.plimsoll.sql.Statement.Unmodelled;
import dev.plimsoll.sql.Statement.Update;
import dev.plimsoll.sql.TableChange.OtherChange;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL 12 to 18. */
public final class PostgresImpact implements ImpactModel {

  public static final int OLDEST_VERSION = 12;
  public static final int NEWEST_VERSION = 18;

  @Override
  public Impact of(Statement statement, Situation situation) {
    Effects effects = new Effects(situation);
    Optional<String> opaque = switch (statement) {
      case AlterTable alter -> alterTable(effects, alter);
      case CreateTable create -> createTable(effects, create);
      case CreateIndex create -> known(() -> new IndexImpact(effects).create(create));
      case DropIndex drop -> known(() -> new IndexImpact(effects).drop(drop));
      case DropTable drop -> known(() -> new RemovalImpact(effects).drop(drop));
      case Truncate truncate -> known(() -> new RemovalImpact(effects).truncate(truncate));
      case Rename rename -> known(() -> rename(effects, rename));
      case Update update -> known(() -> new DataChangeImpact(effects).update(update));
      case Delete delete -> known(() -> new DataChangeImpact(effects).delete(delete));
      case Insert insert -> known(() -> new DataChangeImpact(effects).insert(insert));
      case Select select -> select(effects, select);
      case SetSetting ignored -> Optional.empty();
      case TransactionControl ignored -> Optional.empty();
      case CreateObject create ->
        known(() -> create.reads().forEach(t -> effects.lock(t, LockMode.ACCESS_SHARE)));
      case CommentOn comment -> known(() -> comment(effects, comment));
      case Unmodelled unmodelled -> PlainStatements.apply(effects, unmodelled);
      case Opaque unread -> Optional.of(unread.reason());
    };
    return opaque.map(Impact::opaque).orElseGet(effects::impact);
  }

  /** Each finds the table as the commands of earlier passes have left it. */
  @Override
  public List<Impact> ofCommands(AlterTable statement, Situation situation) {
    Map<Statement.TableCommand, Impact> impacts = new IdentityHashMap<>();
    Situation now = situation;
    for (Statement.TableCommand command : AlterTableImpact.inOrder(statement.commands())) {
      AlterTable alone = new AlterTable(
          statement.table(), statement.ifExists(), statement.only(), List.of(command));
      impacts.put(command, of(alone, now));
      now = now.with(SchemaChanges.apply(now.schema(), alone));
    }
    return statement.commands().stream().map(impacts::get).toList();
  }

  private static Optional<String> known(Runnable effect) {
    effect.run();
    return Optional.empty();
  }

  private static Optional<String> alterTable(Effects effects, AlterTable alter) {
    List<String> unmodelled = alter.commands().stream()
        .map(Statement.TableCommand::change)
        .filter(OtherChange.class::isInstance)
        .map(OtherChange.class::cast)
        .filter(c -> OtherChanges.lockOf(c).isEmpty())
        .map(OtherChange::description)
        .toList();
    if (!unmodelled.isEmpty()) {
      return Optional.of("ALTER TABLE ... " + unmodelled.getFirst() + " is not modelled");
    }
    return known(() -> new AlterTableImpact(effects, alter).run());
  }

  private static Optional<String> createTable(Effects effects, CreateTable create) {
    if (effects.table(create.table()).isPresent()) {
      if (!create.ifNotExists()) {
        effects.fails("42P07", create.table() + " exists already");
      }
      return Optional.empty();
    }
    List<ConstraintDefinition> constraints = new ArrayList<>(create.constraints());
    for (ColumnDefinition column : create.columns()) {
      constraints.addAll(column.constraints());
    }
    for (ConstraintDefinition constraint : constraints) {
      if (constraint instanceof ForeignKey key
          && !Effects.full(key.references()).equals(Effects.full(create.table()))) {
        effects.lockTree(key.references(), LockMode.SHARE_ROW_EXCLUSIVE);
      }
    }
    create.partitionOf().ifPresent(parent -> {
      effects.lock(parent, LockMode.ACCESS_EXCLUSIVE);
      effects.assume(
          "a DEFAULT partition of " + parent + ", if there is one, is locked and scanned as well");
    });
    create.inherits().forEach(parent -> effects.lock(parent, LockMode.SHARE_UPDATE_EXCLUSIVE));
    return Optional.empty();
  }

  private static void rename(Effects effects, Rename rename) {
    RelationName relation = rename.relation();
    switch (rename.kind()) {
      case TABLE, CONSTRAINT, OTHER -> effects.lock(relation, LockMode.ACCESS_EXCLUSIVE);
      case COLUMN -> {
        effects.lockTree(relation, LockMode.ACCESS_EXCLUSIVE);
        boolean missing = rename.part().isPresent()
            && effects
                .table(relation)
                .filter(
                    t -> !t.columns().isEmpty() && t.column(rename.part().get()).isEmpty())
                .isPresent();
        if (missing) {
          effects.fails("42703", "there is no column \"" + rename.part().get() + "\"");
        }
      }
      case INDEX -> effects.lock(relation, LockMode.SHARE_UPDATE_EXCLUSIVE);
    }
  }

  /** A query may call a function that does anything. */
  private static Optional<String> select(Effects effects, Select select) {
    Optional<String> unknown = select.functions().stream()
        .filter(f -> SystemCatalog.volatility(f, effects.version()).isEmpty())
        .findFirst();
    if (unknown.isPresent()) {
      return Optional.of("it calls " + unknown.get() + "(), which may do anything");
    }
    return known(() -> new DataChangeImpact(effects).select(select));
  }

  private static void comment(Effects effects, CommentOn comment) {
    boolean onTable = switch (comment.kind()) {
      case "TABLE", "COLUMN", "CONSTRAINT", "INDEX", "VIEW", "MATERIALIZED VIEW", "FOREIGN TABLE" ->
        true;
      default -> false;
    };
    if (onTable) {
      comment.relation().ifPresent(r -> effects.lock(r, LockMode.SHARE_UPDATE_EXCLUSIVE));
    }
  }
}
