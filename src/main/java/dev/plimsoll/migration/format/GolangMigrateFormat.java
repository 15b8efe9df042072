package dev.plimsoll.migration.format;

import dev.plimsoll.migration.Down;
import dev.plimsoll.migration.Migration;
import dev.plimsoll.migration.MigrationOrder;
import dev.plimsoll.migration.MigrationSet;
import dev.plimsoll.migration.MigrationSet.NotRun;
import dev.plimsoll.migration.MigrationSet.Unread;
import dev.plimsoll.migration.SourceFile;
import dev.plimsoll.migration.SourceFile.Change;
import dev.plimsoll.migration.TransactionMode;
import dev.plimsoll.sql.SqlReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * golang-migrate: {@code 3_name.up.sql} and {@code 3_name.down.sql}, matched by their number. A file goes to the server as
 * one query (database/postgres and database/pgx, Run), unless {@code x-multi-statement} is set for the connection.
 */
final class GolangMigrateFormat implements MigrationFormat {

  private static final Pattern NAME =
      Pattern.compile("([0-9]+)_(.*)\\.(up|down)\\.([a-z]*sql)", Pattern.DOTALL);
  private static final BigInteger BIGGEST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private record Name(String version, String title, boolean up, String extension) {

    static Optional<Name> of(String path) {
      Matcher name = NAME.matcher(Paths.name(path));
      return name.matches()
          ? Optional.of(
              new Name(name.group(1), name.group(2), name.group(3).equals("up"), name.group(4)))
          : Optional.empty();
    }

    boolean fits() {
      return version.length() <= 40 && new BigInteger(version).compareTo(BIGGEST) <= 0;
    }

    String counterpart() {
      return version + "_" + title + (up ? ".down." : ".up.") + extension;
    }
  }

  @Override
  public String id() {
    return "golang-migrate";
  }

  @Override
  public String title() {
    return "golang-migrate";
  }

  @Override
  public boolean mayClaim(String path) {
    return Name.of(path).isPresent();
  }

  @Override
  public boolean claims(SourceFile file) {
    return mayClaim(file.path());
  }

  @Override
  public List<String> companionsOf(String path) {
    return Name.of(path)
        .map(name -> List.of(Paths.folder(path) + name.counterpart()))
        .orElse(List.of());
  }

  @Override
  public MigrationSet read(List<SourceFile> files, SqlReader reader) {
    return new Reading(reader).read(files);
  }

  /** The files of one number in one folder. */
  private static final class Pair {
    private final List<SourceFile> ups = new ArrayList<>();
    private final List<SourceFile> downs = new ArrayList<>();

    boolean isTouched() {
      return ups.stream().anyMatch(Pair::isTouched) || downs.stream().anyMatch(Pair::isTouched);
    }

    private static boolean isTouched(SourceFile file) {
      return file.change() != Change.UNCHANGED;
    }
  }

  private final class Reading {

    private final SqlReader reader;
    private final List<Migration> migrations = new ArrayList<>();
    private final List<Unread> unread = new ArrayList<>();
    private final List<NotRun> notRun = new ArrayList<>();

    Reading(SqlReader reader) {
      this.reader = reader;
    }

    MigrationSet read(List<SourceFile> files) {
      Map<String, Pair> pairs = new LinkedHashMap<>();
      for (SourceFile file : files) {
        Optional<Name> name = Name.of(file.path());
        if (file.change() == Change.REMOVED) {
          notRun.add(new NotRun(file.path(), MigrationFormats.REMOVED));
        }
        if (name.isPresent() && name.get().fits()) {
          String key = Paths.folder(file.path()) + new BigInteger(name.get().version());
          Pair pair = pairs.computeIfAbsent(key, k -> new Pair());
          (name.get().up() ? pair.ups : pair.downs).add(file);
        } else if (file.change() == Change.ADDED || file.change() == Change.MODIFIED) {
          unread.add(new Unread(
              file.path(),
              "golang-migrate does not recognise this name, so it would not run. It expects `<number>_<title>.up.sql`"
                  + " with a number below 2^64."));
        }
      }
      pairs.values().stream().filter(Pair::isTouched).forEach(this::pair);
      return new MigrationSet(
          migrations.stream().sorted(MigrationFormats.DEPLOYMENT_ORDER).toList(), unread, notRun);
    }

    private void pair(Pair pair) {
      List<SourceFile> ups = remaining(pair.ups);
      List<SourceFile> downs = remaining(pair.downs);
      for (SourceFile up : ups) {
        up(up, ups, downs);
      }
      if (ups.isEmpty()) {
        downs.stream()
            .filter(Pair::isTouched)
            .forEach(down -> unread.add(
                new Unread(down.path(), "A down migration whose up migration was not found.")));
      }
    }

    private void up(SourceFile up, List<SourceFile> ups, List<SourceFile> downs) {
      if (up.text().isEmpty()) {
        unread.add(MigrationFormats.unreadable(up));
        return;
      }
      Name name = Name.of(up.path()).orElseThrow();
      Script script = Script.of(up, reader);
      MigrationOrder order = MigrationOrder.versioned(name.version(), name.title());
      Draft draft = new Draft(id(), Paths.name(up.path()), order, up.change(), script)
          .runs(TransactionMode.SINGLE_QUERY);
      if (downs.isEmpty()) {
        draft.noWayBack(new Down.Missing(name.counterpart()));
      } else {
        draft.back(Script.of(downs.getFirst(), reader), TransactionMode.SINGLE_QUERY);
      }
      twin(up, ups)
          .or(() -> twin(downs.isEmpty() ? up : downs.getFirst(), downs))
          .ifPresent(twin -> draft.problem(
              script.firstLine(),
              "golang-migrate stops: `" + Paths.name(twin.path()) + "` has the same number."));
      migrations.add(draft.finished());
    }

    private static Optional<SourceFile> twin(SourceFile file, List<SourceFile> files) {
      return files.stream().filter(other -> other != file).findFirst();
    }

    private static List<SourceFile> remaining(List<SourceFile> files) {
      return files.stream().filter(file -> file.change() != Change.REMOVED).toList();
    }
  }
}
