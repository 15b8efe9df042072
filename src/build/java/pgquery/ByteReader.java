package pgquery;

import java.util.Arrays;

/** Reads WebAssembly's binary format. */
final class ByteReader {
  private final byte[] bytes;
  private int position;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int position() {
    return position;
  }

  boolean isAtEnd() {
    return position == bytes.length;
  }

  int octet() {
    return bytes[position++] & 0xff;
  }

  /** An unsigned LEB128 number of 32 bits. */
  int unsigned() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return (int) value;
      }
    }
  }

  /** Skips a LEB128 number of any size. */
  void skipNumber() {
    while (octet() >= 0x80) {
      // each octet but the last has its highest bit set
    }
  }

  void skip(int count) {
    position += count;
  }

  byte[] octets(int count) {
    position += count;
    return since(position - count);
  }

  byte[] rest() {
    return octets(bytes.length - position);
  }

  /** What has been read since a position. */
  byte[] since(int start) {
    return Arrays.copyOfRange(bytes, start, position);
  }
}
