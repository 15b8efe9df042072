package dev.plimsoll.server;

import dev.plimsoll.command.Permission;
import dev.plimsoll.forge.Access;
import dev.plimsoll.forge.Forge;
import dev.plimsoll.forge.ReviewTarget;
import dev.plimsoll.forge.User;
import dev.plimsoll.review.config.Config;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody who gives a command; the forge is asked once for what they may do, and only when it matters. */
final class Asker {

  private final Forge forge;
  private final ReviewTarget target;
  private final User user;
  private final List<String> overriders;
  private final Map<Permission, Boolean> known = new EnumMap<>(Permission.class);
  private Optional<Access> access = Optional.empty();

  Asker(Forge forge, ReviewTarget target, User user, Config config) {
    this.forge = forge;
    this.target = target;
    this.user = user;
    this.overriders = config.overriders();
  }

  List<String> overriders() {
    return overriders;
  }

  boolean may(Permission permission) {
    return known.computeIfAbsent(permission, this::ask);
  }

  private boolean ask(Permission permission) {
    return switch (permission) {
      // Who could comment could read.
      case READ -> true;
      case WRITE -> access().atLeast(Access.WRITE);
      case OVERRIDE ->
        access().atLeast(Access.ADMIN)
            || overriders.stream().anyMatch(team -> forge.isMember(target, user, team));
    };
  }

  private Access access() {
    if (access.isEmpty()) {
      access = Optional.of(forge.access(target, user));
    }
    return access.get();
  }
}
