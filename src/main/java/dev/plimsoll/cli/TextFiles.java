package dev.plimsoll.cli;

import dev.plimsoll.migration.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Reading files that somebody else may have written: bounded, and only as text. */
final class TextFiles {

  private TextFiles() {}

  static SourceFile read(Path root, String path, SourceFile.Change change) {
    Path file = root.resolve(path);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return SourceFile.unreadable(path, change, "it is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return decode(path, change, in.readNBytes(Desk.MAX_FILE_BYTES + 1));
    } catch (IOException e) {
      return SourceFile.unreadable(path, change, "it cannot be read: " + e.getMessage());
    }
  }

  static SourceFile decode(String path, SourceFile.Change change, byte[] bytes) {
    if (bytes.length > Desk.MAX_FILE_BYTES) {
      return SourceFile.unreadable(
          path, change, "it is larger than " + (Desk.MAX_FILE_BYTES >> 20) + " MiB");
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return SourceFile.of(path, change, text);
    } catch (CharacterCodingException e) {
      return SourceFile.unreadable(path, change, "it is not UTF-8 text");
    }
  }
}
