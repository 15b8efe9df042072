package dev.plimsoll.forge;

/**
 * A person or bot on a forge.
 *
 * @param id the forge's own, which a rename does not change
 */
public record User(String id, String login, boolean bot) {}
