/** Migration formats: one class each finds its files and turns them into SQL. */
package dev.plimsoll.migration.format;
