package dev.plimsoll.sql;

/** What a foreign key does to its rows when the referenced row goes or changes. */
public enum ReferentialAction {
  NO_ACTION,
  RESTRICT,
  CASCADE,
  SET_NULL,
  SET_DEFAULT
}
