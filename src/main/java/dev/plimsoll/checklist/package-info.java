/** The seven questions that must have an answer before a migration goes to production. */
package dev.plimsoll.checklist;
