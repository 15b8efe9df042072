package pgquery;

/** The WebAssembly instructions that this tool makes or treats specially; see the core specification, chapter 5.4. */
final class Opcode {
  static final int UNREACHABLE = 0x00;
  static final int NOP = 0x01;
  static final int BLOCK = 0x02;
  static final int LOOP = 0x03;
  static final int IF = 0x04;
  static final int ELSE = 0x05;
  static final int END = 0x0b;
  static final int BR = 0x0c;
  static final int BR_IF = 0x0d;
  static final int BR_TABLE = 0x0e;
  static final int RETURN = 0x0f;
  static final int CALL = 0x10;
  static final int CALL_INDIRECT = 0x11;
  static final int DROP = 0x1a;
  static final int SELECT = 0x1b;
  static final int LOCAL_GET = 0x20;
  static final int LOCAL_SET = 0x21;
  static final int LOCAL_TEE = 0x22;
  static final int GLOBAL_GET = 0x23;
  static final int GLOBAL_SET = 0x24;
  static final int FIRST_LOAD = 0x28;
  static final int LAST_LOAD = 0x35;
  static final int FIRST_STORE = 0x36;
  static final int LAST_STORE = 0x3e;
  static final int MEMORY_SIZE = 0x3f;
  static final int MEMORY_GROW = 0x40;
  static final int I32_CONST = 0x41;
  static final int I64_CONST = 0x42;
  static final int F32_CONST = 0x43;
  static final int F64_CONST = 0x44;
  static final int FIRST_NUMERIC = 0x45;
  static final int LAST_NUMERIC = 0xc4;
  static final int I32_LT_U = 0x49;
  static final int I32_SUB = 0x6b;
  static final int I32_SHR_U = 0x76;
  static final int PREFIX_FC = 0xfc;

  private Opcode() {}

  /** Whether a numeric instruction takes one operand; all others take two. Each leaves one result. */
  static boolean isUnary(int numeric) {
    return numeric == 0x45 // i32.eqz
        || numeric == 0x50 // i64.eqz
        || isBetween(numeric, 0x67, 0x69) // i32.clz, ctz, popcnt
        || isBetween(numeric, 0x79, 0x7b) // i64.clz, ctz, popcnt
        || isBetween(numeric, 0x8b, 0x91) // f32.abs to sqrt
        || isBetween(numeric, 0x99, 0x9f) // f64.abs to sqrt
        || isBetween(numeric, 0xa7, 0xc4); // conversions
  }

  static boolean isBetween(int opcode, int first, int last) {
    return first <= opcode && opcode <= last;
  }
}
