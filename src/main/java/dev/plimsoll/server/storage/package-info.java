/** The server's state: in an SQLite file, or in PostgreSQL for several replicas. */
package dev.plimsoll.server.storage;
