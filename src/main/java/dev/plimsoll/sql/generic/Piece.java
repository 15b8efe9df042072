package dev.plimsoll.sql.generic;

/** One statement: its first token and the one behind its last. */
record Piece(int from, int to) {}
