package pgquery;

/** The encodings of WebAssembly's value types, and of a block that has no result. */
final class ValueType {
  static final int I32 = 0x7f;
  static final int I64 = 0x7e;
  static final int F32 = 0x7d;
  static final int F64 = 0x7c;
  static final int NONE = 0x40;

  private ValueType() {}
}
