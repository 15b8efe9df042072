/** The catalog's file format: reading it with a place for every problem, and writing it. */
package dev.plimsoll.catalog.file;
