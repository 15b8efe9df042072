/** Reads the SQL of every engine other than PostgreSQL. */
package dev.plimsoll.sql.generic;
