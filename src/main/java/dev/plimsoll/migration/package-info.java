/** Migrations: what a change request would run against a database, in which order and in which transactions. */
package dev.plimsoll.migration;
