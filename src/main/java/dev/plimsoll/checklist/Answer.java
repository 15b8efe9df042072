package dev.plimsoll.checklist;

import dev.plimsoll.rules.Fingerprint;
import java.time.Instant;

/**
 * What a person said to an item.
 *
 * @param givenFor the deployment's fingerprint at that moment: statements and size bands. When it changes the answer ends.
 */
public record Answer(
    ChecklistItem item, String text, String person, Instant at, Fingerprint givenFor) {}
