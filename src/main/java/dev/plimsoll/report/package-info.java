/**
 * A review in the forms in which people and programs read it. All text that comes from a change request is escaped here, and every length is
 * bounded: what does not fit is folded and counted, never cut in the middle.
 */
package dev.plimsoll.report;
