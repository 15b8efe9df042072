package dev.plimsoll.server;

import dev.plimsoll.forge.Forge;
import dev.plimsoll.forge.ForgeEvent;
import dev.plimsoll.forge.ReviewTarget.ChangeRequestId;
import java.util.List;

/**
 * A forge that the server is connected to.
 *
 * @param parse a webhook's event name, delivery and body as an event; throws {@link IllegalArgumentException} for what cannot be read
 * @param withHead the open change requests of a repository with a head commit
 */
public record ForgeSide(Forge forge, EventParser parse, HeadFinder withHead) {

  /** Reads a webhook that is authentic. */
  @FunctionalInterface
  public interface EventParser {
    ForgeEvent parse(String event, String delivery, byte[] body);
  }

  /** Finds change requests by their head commit. */
  @FunctionalInterface
  public interface HeadFinder {
    List<ChangeRequestId> find(String repository, String headSha);
  }
}
