package dev.plimsoll.migration.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where plain SQL files keep their way back: {@code x.up.sql} and {@code x.down.sql}, {@code up.sql} and {@code down.sql},
 * {@code x.sql} and {@code x.down.sql}, {@code x_down.sql} or {@code down/x.sql}. Other words for down are understood too.
 */
final class SqlSiblings {

  private static final List<String> WORDS = List.of("down", "undo", "rollback", "revert");
  private static final Pattern DOWN_NAME =
      Pattern.compile("((?:.*[._-])?)(down|undo|rollback|revert)\\.([a-z]*sql)", Pattern.DOTALL);
  private static final Pattern UP_NAME =
      Pattern.compile("((?:.*[._-])?)up\\.([a-z]*sql)", Pattern.DOTALL);
  private static final Pattern DOWN_FOLDER =
      Pattern.compile("(.*/)?(down|undo|rollback|revert)/", Pattern.DOTALL);
  private static final Pattern UP_FOLDER = Pattern.compile("(.*/)?up/", Pattern.DOTALL);

  private SqlSiblings() {}

  /** By its path alone. {@code add_shut_down.sql} is none: whether {@link #mayBeDown} holds there depends on its neighbours. */
  static boolean isDown(String path) {
    Matcher name = DOWN_NAME.matcher(Paths.name(path));
    boolean byName = name.matches() && (name.group(1).isEmpty() || name.group(1).endsWith("."));
    return byName || DOWN_FOLDER.matcher(Paths.folder(path)).matches();
  }

  /** It is a way back if one of {@link #upsOf} exists. */
  static boolean mayBeDown(String path) {
    return isDown(path) || DOWN_NAME.matcher(Paths.name(path)).matches();
  }

  /** Every place where the way back of this migration may stand. */
  static List<String> downsOf(String path) {
    String folder = Paths.folder(path);
    String name = Paths.name(path);
    List<String> places = new ArrayList<>();
    Matcher up = UP_NAME.matcher(name);
    int dot = name.lastIndexOf('.');
    for (String word : WORDS) {
      if (up.matches()) {
        places.add(folder + up.group(1) + word + "." + up.group(2));
      } else if (dot > 0) {
        places.add(folder + name.substring(0, dot) + "." + word + name.substring(dot));
        places.add(folder + name.substring(0, dot) + "_" + word + name.substring(dot));
      }
      places.add(folder + word + "/" + name);
      if (UP_FOLDER.matcher(folder).matches()) {
        places.add(above(folder) + word + "/" + name);
      }
    }
    return places;
  }

  /** Every migration that this may be the way back of. */
  static List<String> upsOf(String path) {
    String folder = Paths.folder(path);
    String name = Paths.name(path);
    List<String> places = new ArrayList<>();
    Matcher down = DOWN_NAME.matcher(name);
    if (down.matches()) {
      String stem = down.group(1);
      places.add(folder + stem + "up." + down.group(3));
      if (stem.length() > 1) {
        places.add(folder + stem.substring(0, stem.length() - 1) + "." + down.group(3));
      }
    }
    if (DOWN_FOLDER.matcher(folder).matches()) {
      places.add(above(folder) + name);
      places.add(above(folder) + "up/" + name);
    }
    return places;
  }

  /** The file whose absence counts: where the migration's own name promises a counterpart. */
  static Optional<String> expectedDownOf(String path) {
    Matcher up = UP_NAME.matcher(Paths.name(path));
    if (up.matches()) {
      return Optional.of(up.group(1) + "down." + up.group(2));
    }
    return UP_FOLDER.matcher(Paths.folder(path)).matches()
        ? Optional.of("down/" + Paths.name(path))
        : Optional.empty();
  }

  private static String above(String folder) {
    return Paths.folder(folder.substring(0, folder.length() - 1));
  }
}
