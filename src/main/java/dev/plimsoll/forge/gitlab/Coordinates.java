package dev.plimsoll.forge.gitlab;

import dev.plimsoll.forge.ForgeException;
import dev.plimsoll.forge.ForgeException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Names of things on GitLab, checked before they become part of a URL. */
final class Coordinates {

  private static final Pattern PATH = Pattern.compile(
      "(?!.*\\.\\.)[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]{0,254}(/[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]{0,254}){0,25}");
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

  private Coordinates() {}

  /** A project's full path: a group, perhaps more groups, a name. */
  static String checkedProject(String path) {
    if (path == null || !path.contains("/") || !PATH.matcher(path).matches()) {
      throw new ForgeException(
          Kind.REFUSED,
          "Not the path of a project on GitLab: " + Errors.brief(String.valueOf(path)));
    }
    return path;
  }

  static String checkedGroup(String path) {
    String name = path.startsWith("@") ? path.substring(1) : path;
    if (!PATH.matcher(name).matches()) {
      throw new ForgeException(
          Kind.REFUSED, "Not the path of a group on GitLab: " + Errors.brief(path));
    }
    return name;
  }

  static String checkedSha(String sha) {
    if (sha == null || !SHA.matcher(sha).matches()) {
      throw new ForgeException(Kind.REFUSED, "Not a commit: " + Errors.brief(String.valueOf(sha)));
    }
    return sha;
  }

  static String number(String id) {
    if (!id.matches("\\d{1,18}")) {
      throw new ForgeException(Kind.REFUSED, "Not an id on GitLab: " + Errors.brief(id));
    }
    return id;
  }

  /** One segment of a URL's path, or a value of its query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** {@code projects/GROUP%2FNAME}, for the calls that come before its number is known. */
  static String project(String path) {
    return "projects/" + encoded(checkedProject(path));
  }
}
