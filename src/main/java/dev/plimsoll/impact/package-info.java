/** What a statement does to a database: locks, rewrites, scans, index builds, and how long that takes at production's size. */
package dev.plimsoll.impact;
