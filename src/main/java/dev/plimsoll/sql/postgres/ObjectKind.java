package dev.plimsoll.sql.postgres;

/** The kinds of objects in a parse tree, as SQL spells them. */
final class ObjectKind {
  private ObjectKind() {}

  /** {@code OBJECT_MATVIEW} as {@code MATERIALIZED VIEW}. */
  static String spell(String code) {
    return switch (code) {
      case "OBJECT_MATVIEW" -> "MATERIALIZED VIEW";
      case "OBJECT_TABCONSTRAINT" -> "CONSTRAINT";
      case "OBJECT_DOMCONSTRAINT" -> "DOMAIN CONSTRAINT";
      case "OBJECT_FDW" -> "FOREIGN DATA WRAPPER";
      case "OBJECT_FOREIGN_SERVER" -> "SERVER";
      case "OBJECT_OPCLASS" -> "OPERATOR CLASS";
      case "OBJECT_OPFAMILY" -> "OPERATOR FAMILY";
      case "OBJECT_LARGEOBJECT" -> "LARGE OBJECT";
      case "OBJECT_STATISTIC_EXT" -> "STATISTICS";
      case "OBJECT_TSCONFIGURATION" -> "TEXT SEARCH CONFIGURATION";
      case "OBJECT_TSDICTIONARY" -> "TEXT SEARCH DICTIONARY";
      case "OBJECT_TSPARSER" -> "TEXT SEARCH PARSER";
      case "OBJECT_TSTEMPLATE" -> "TEXT SEARCH TEMPLATE";
      default -> code.replaceFirst("^OBJECT_", "").replace('_', ' ');
    };
  }

  /** What lives in pg_class. */
  static boolean isRelation(String kind) {
    return switch (kind) {
      case "TABLE", "INDEX", "VIEW", "MATERIALIZED VIEW", "SEQUENCE", "FOREIGN TABLE" -> true;
      default -> false;
    };
  }

  /** What is named behind ON with its relation. */
  static boolean isPartOfRelation(String kind) {
    return switch (kind) {
      case "TRIGGER", "POLICY", "RULE", "CONSTRAINT" -> true;
      default -> false;
    };
  }
}
