/** Where catalogs come from: a database, a web server, and the last good one that is kept on disk. */
package dev.plimsoll.catalog.source;
