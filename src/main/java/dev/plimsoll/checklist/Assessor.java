package dev.plimsoll.checklist;

/** Answers one of the seven questions from evidence, or asks for what is missing. */
interface Assessor {

  ChecklistItem item();

  ItemState assess(Subject subject);
}
