package dev.plimsoll.sql.generic;

import dev.plimsoll.sql.RelationName;
import dev.plimsoll.sql.Statement;
import dev.plimsoll.sql.Statement.Rename;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the arguments of SQL Server's sp_rename: {@code 'dbo.orders.state', 'status', 'COLUMN'}. */
final class SpRename {
  private SpRename() {}

  static Statement read(List<String> arguments, Dialect dialect) {
    List<String> parts = new ArrayList<>();
    for (String part : arguments.get(0).split("\\.", -1)) {
      parts.add(dialect.fold(part));
    }
    String type = arguments.size() > 2 ? arguments.get(2).toUpperCase(Locale.ROOT) : "OBJECT";
    boolean hasPart = parts.size() > 1 && (type.equals("COLUMN") || type.equals("INDEX"));
    List<String> table = hasPart ? parts.subList(0, parts.size() - 1) : parts;
    int last = table.size() - 1;
    Optional<String> schema = last > 0 ? Optional.of(table.get(last - 1)) : Optional.empty();
    Rename.Kind kind = switch (type) {
      case "COLUMN" -> Rename.Kind.COLUMN;
      case "OBJECT" -> Rename.Kind.TABLE;
      default -> Rename.Kind.OTHER;
    };
    Optional<String> part = hasPart ? Optional.of(parts.getLast()) : Optional.empty();
    return new Rename(
        kind, new RelationName(schema, table.get(last)), part, arguments.get(1), false);
  }
}
