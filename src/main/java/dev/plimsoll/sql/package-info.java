/** SQL statements and where they stand in the source: what all later packages work on. */
package dev.plimsoll.sql;
