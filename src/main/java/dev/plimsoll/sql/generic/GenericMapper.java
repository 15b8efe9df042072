package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.Engine;
import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.SourceText;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.CommentOn;
import dev.plimsoll.sql.Statement.Opaque;
import dev.plimsoll.sql.Statement.Rename;
import dev.plimsoll.sql.Statement.SetSetting;
import dev.plimsoll.sql.Statement.TransactionControl;
import dev.plimsoll.sql.Statement.Truncate;
import dev.plimsoll.sql.Statement.Unmodelled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Turns the tokens of one statement into what it says, by its first words. */
final class GenericMapper {

  /** Statements that are known and have no model; the relation behind TABLE, ON, INTO or the keyword is named. */
  private static final Set<String> KNOWN = Set.of(
      "ANALYZE",
      "ANALYSE",
      "OPTIMIZE",
      "VACUUM",
      "REINDEX",
      "LOCK",
      "UNLOCK",
      "CHECK",
      "REPAIR",
      "FLUSH",
      "LOAD",
      "CALL",
      "EXEC",
      "EXECUTE",
      "GRANT",
      "REVOKE",
      "MERGE",
      "REPLACE",
      "HANDLER",
      "SHOW",
      "EXPLAIN",
      "PRAGMA",
      "ATTACH",
      "DETACH",
      "PURGE",
      "AUDIT",
      "FLASHBACK",
      "KILL",
      "BULK",
      "DBCC",
      "RECONFIGURE",
      "UPSERT",
      "SCRIPT",
      "RUNSCRIPT",
      "SHUTDOWN",
      "BACKUP",
      "PRINT",
      "RAISERROR",
      "THROW",
      "RETURN",
      "DENY",
      "OPEN",
      "FETCH",
      "CLOSE",
      "DEALLOCATE");

  private final SourceText source;
  private final Dialect dialect;
  private final GenericLexer.Result lexed;
  private final AlterGrammar alterations;
  private final CreateGrammar creations;
  private final DropGrammar drops = new DropGrammar();
  private final QueryMapper queries;

  GenericMapper(SourceText source, Dialect dialect, GenericLexer.Result lexed) {
    this.source = source;
    this.dialect = dialect;
    this.lexed = lexed;
    BoundedParser parser = new BoundedParser(dialect);
    GenericExpressions expressions = new GenericExpressions(parser, dialect);
    ConstraintGrammar constraints = new ConstraintGrammar(expressions);
    ColumnGrammar columns = new ColumnGrammar(expressions, constraints);
    this.alterations = new AlterGrammar(columns, constraints, expressions);
    this.queries = new QueryMapper(parser, expressions, dialect);
    this.creations = new CreateGrammar(columns, constraints, expressions, queries);
  }

  Statement map(Piece piece) {
    Cursor cursor = new Cursor(source, dialect, lexed.lexemes(), piece.from(), piece.to());
    String first = cursor.take().toUpperCase(Locale.ROOT);
    return switch (first) {
      case "ALTER" -> cursor.accept("TABLE") ? alterations.read(cursor) : other("ALTER", cursor);
      case "CREATE" -> creations.read(cursor);
      case "DROP" -> drops.read(cursor);
      case "TRUNCATE" -> truncate(cursor);
      case "RENAME" -> rename(cursor);
      case "COMMENT" -> comment(cursor);
      case "SET" -> set(cursor);
      case "SELECT", "WITH", "INSERT", "UPDATE", "DELETE" -> query(first, cursor, piece);
      case "EXEC", "EXECUTE" -> execute(first, cursor);
      case "BEGIN" -> begin(cursor);
      case "START" -> new TransactionControl(TransactionControl.Kind.BEGIN);
      case "COMMIT" -> new TransactionControl(TransactionControl.Kind.COMMIT);
      case "END" -> new TransactionControl(TransactionControl.Kind.COMMIT); // SQLite
      case "ROLLBACK" ->
        new TransactionControl(
            cursor.atEnd() || !cursor.looking("TO")
                ? TransactionControl.Kind.ROLLBACK
                : TransactionControl.Kind.OTHER);
      case "SAVEPOINT", "SAVE" -> new TransactionControl(TransactionControl.Kind.SAVEPOINT);
      case "RELEASE" -> new TransactionControl(TransactionControl.Kind.OTHER);
      case "DECLARE" ->
        dialect.is(Engine.SQLSERVER) ? new Unmodelled("DECLARE", List.of()) : block(first);
      case "IF", "WHILE" -> block(first);
      case "USE" -> new Opaque("USE goes on in another database", Optional.empty());
      default -> KNOWN.contains(first) ? other(first, cursor) : unknown(piece);
    };
  }

  private static Statement block(String first) {
    return new Opaque("a procedural block (" + first + ") is not read", Optional.empty());
  }

  private Statement unknown(Piece piece) {
    int start = lexed.lexemes().get(piece.from()).start();
    return new Opaque(
        "not understood: no statement of " + dialect.engine().id()
            + " that is known begins like this",
        Optional.of(source.positionAt(start)));
  }

  private Statement begin(Cursor cursor) {
    boolean transaction = cursor.atEnd()
        || cursor.lookingAtAny("TRAN", "TRANSACTION", "WORK", "DEFERRED", "IMMEDIATE", "EXCLUSIVE");
    return transaction ? new TransactionControl(TransactionControl.Kind.BEGIN) : block("BEGIN");
  }

  private static Statement truncate(Cursor cursor) {
    cursor.accept("TABLE");
    List<RelationName> tables = new ArrayList<>();
    for (Cursor element : cursor.list()) {
      element.relation().ifPresent(tables::add);
    }
    return new Truncate(tables, false);
  }

  /** MySQL's RENAME TABLE a TO b, Oracle's RENAME a TO b. */
  private static Statement rename(Cursor cursor) {
    cursor.acceptAny("TABLE", "TABLES");
    List<RelationName> relations = new ArrayList<>();
    Optional<Statement> only = Optional.empty();
    for (Cursor element : cursor.list()) {
      Optional<RelationName> from = element.relation();
      boolean to = element.accept("TO");
      Optional<RelationName> name = element.relation();
      from.ifPresent(relations::add);
      if (from.isPresent() && to && name.isPresent() && element.atEnd()) {
        only = Optional.of(new Rename(
            Rename.Kind.TABLE, from.get(), Optional.empty(), name.get().name(), false));
      }
    }
    return relations.size() == 1 && only.isPresent()
        ? only.get()
        : new Unmodelled("RENAME TABLE", relations);
  }

  private static Statement comment(Cursor cursor) {
    cursor.accept("ON");
    String kind = cursor.take().toUpperCase(Locale.ROOT);
    Optional<RelationName> named = cursor.relation();
    boolean ofColumn = kind.equals("COLUMN");
    return new CommentOn(
        kind, ofColumn ? named.flatMap(column -> column.schema().map(RelationName::of)) : named);
  }

  private Statement set(Cursor cursor) {
    if (cursor.accept("IDENTITY_INSERT")) {
      return new Unmodelled(
          "SET IDENTITY_INSERT", cursor.relation().map(List::of).orElse(List.of()));
    }
    if (cursor.looking("TRANSACTION")) {
      return new TransactionControl(TransactionControl.Kind.OTHER);
    }
    cursor.acceptAny("LOCAL", "SESSION", "GLOBAL");
    Optional<String> name = cursor.name();
    if (!cursor.acceptAny("=", "TO") && cursor.accept(":")) {
      cursor.accept("=");
    }
    Optional<String> value =
        cursor.atEnd() ? Optional.empty() : Optional.of(unquoted(cursor.rest()));
    return new SetSetting(name.orElse("").toLowerCase(Locale.ROOT), value, false);
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private Statement query(String kind, Cursor cursor, Piece piece) {
    int start = lexed.lexemes().get(piece.from()).start();
    int end = lexed.lexemes().get(piece.to() - 1).end();
    List<RelationName> target = target(cursor);
    return queries.read(lexed.prepared().substring(start, end), kind, target, cursor);
  }

  /** The table that a change of data names first. */
  private static List<RelationName> target(Cursor cursor) {
    while (cursor.acceptAny(
        "INTO",
        "FROM",
        "IGNORE",
        "LOW_PRIORITY",
        "DELAYED",
        "HIGH_PRIORITY",
        "QUICK",
        "OR",
        "REPLACE",
        "TOP",
        "ONLY")) {
      if (cursor.looking("(")) {
        cursor.brackets();
      }
    }
    return cursor.relation().map(List::of).orElse(List.of());
  }

  /** SQL Server renames with a procedure. */
  private Statement execute(String kind, Cursor cursor) {
    Optional<RelationName> procedure = cursor.relation();
    if (procedure.filter(name -> name.name().equalsIgnoreCase("sp_rename")).isEmpty()) {
      return new Unmodelled(kind, List.of());
    }
    List<String> arguments = new ArrayList<>();
    for (Cursor argument : cursor.list()) {
      if (argument.looking("@objname")
          || argument.looking("@newname")
          || argument.looking("@objtype")) {
        argument.take();
        argument.accept("=");
      }
      String text = argument.rest();
      arguments.add(unquoted(text.startsWith("N'") ? text.substring(1) : text));
    }
    if (arguments.size() < 2) {
      return new Unmodelled("EXEC sp_rename", List.of());
    }
    return SpRename.read(arguments, dialect);
  }

  private static Statement other(String first, Cursor cursor) {
    String kind = first;
    boolean isRelation = cursor.lookingAtAny("TABLE", "TABLES", "VIEW", "SEQUENCE");
    boolean isRoutine = cursor.lookingAtAny("PROCEDURE", "PROC", "FUNCTION", "PACKAGE", "TYPE");
    boolean isOther = cursor.lookingAtAny(
        "INDEX",
        "TRIGGER",
        "DATABASE",
        "USER",
        "ROLE",
        "SESSION",
        "SYSTEM",
        "SCHEMA",
        "MATERIALIZED");
    if (isRelation || isRoutine || isOther) {
      kind += " " + cursor.take().toUpperCase(Locale.ROOT);
    }
    if (isRoutine) {
      return new Unmodelled(kind, List.of()); // what its body names is not touched now
    }
    if (!isRelation) {
      int marker = Math.min(cursor.find("ON"), cursor.find("INTO"));
      cursor.goTo(Math.min(marker + 1, cursor.end()));
    }
    return new Unmodelled(kind, cursor.relation().map(List::of).orElse(List.of()));
  }
}
