package pgquery;

import java.io.ByteArrayOutputStream;

/** Writes WebAssembly's binary format. */
final class ByteWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ByteWriter octet(int octet) {
    out.write(octet);
    return this;
  }

  ByteWriter octets(byte[] octets) {
    out.writeBytes(octets);
    return this;
  }

  /** An unsigned LEB128 number of 32 bits. */
  ByteWriter unsigned(int number) {
    long rest = number & 0xffff_ffffL;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /** A signed LEB128 number. */
  ByteWriter signed(int number) {
    int rest = number;
    while (rest < -0x40 || rest >= 0x40) {
      out.write(rest & 0x7f | 0x80);
      rest >>= 7;
    }
    out.write(rest & 0x7f);
    return this;
  }

  /** A block of bytes with its length before it. */
  ByteWriter sized(byte[] content) {
    return unsigned(content.length).octets(content);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }
}
