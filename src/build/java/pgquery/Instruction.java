package pgquery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An instruction of a function. Blocks contain their instructions; branches name the label itself and not its depth. */
sealed interface Instruction {

  /** By how much it changes the height of the operand stack. */
  int stackEffect();

  /** Whether control never goes on to the next instruction. */
  boolean isFinal();

  /** About how many bytes it takes in the binary format. */
  int size();

  static int sizeOf(List<Instruction> instructions) {
    return instructions.stream().mapToInt(Instruction::size).sum();
  }

  /** An instruction that needs no understanding, as its bytes. */
  record Plain(byte[] encoded, int stackEffect, boolean isFinal) implements Instruction {
    @Override
    public int size() {
      return encoded.length;
    }

    boolean isReturn() {
      return (encoded[0] & 0xff) == Opcode.RETURN;
    }
  }

  /** {@code local.get}, {@code local.set} or {@code local.tee}. */
  record LocalAccess(int opcode, int local) implements Instruction {
    @Override
    public int stackEffect() {
      return switch (opcode) {
        case Opcode.LOCAL_GET -> 1;
        case Opcode.LOCAL_SET -> -1;
        default -> 0;
      };
    }

    @Override
    public boolean isFinal() {
      return false;
    }

    boolean isWrite() {
      return opcode != Opcode.LOCAL_GET;
    }

    @Override
    public int size() {
      return encoded().length;
    }

    byte[] encoded() {
      return new ByteWriter().octet(opcode).unsigned(local).toBytes();
    }
  }

  /** {@code br} or {@code br_if}. */
  record Branch(int opcode, Label target) implements Instruction {
    @Override
    public int stackEffect() {
      return isConditional() ? -1 : 0;
    }

    @Override
    public boolean isFinal() {
      return !isConditional();
    }

    boolean isConditional() {
      return opcode == Opcode.BR_IF;
    }

    @Override
    public int size() {
      return 3;
    }
  }

  /** {@code br_table}; the last target is the one for all other values. */
  record BranchTable(List<Label> targets) implements Instruction {
    @Override
    public int stackEffect() {
      return -1;
    }

    @Override
    public boolean isFinal() {
      return true;
    }

    @Override
    public int size() {
      return 2 + 2 * targets.size();
    }
  }

  /** {@code block}, {@code loop} or {@code if}. Its instructions can be replaced; it stays the same label. */
  final class Block implements Instruction, Label.OfBlock {
    private final int opcode;
    private final int resultType;
    private List<Instruction> body;
    private List<Instruction> otherwise;

    Block(int opcode, int resultType) {
      this.opcode = opcode;
      this.resultType = resultType;
      this.body = new ArrayList<>();
      this.otherwise = new ArrayList<>();
    }

    int opcode() {
      return opcode;
    }

    int resultType() {
      return resultType;
    }

    boolean hasResult() {
      return resultType != ValueType.NONE;
    }

    /** Whether a branch to it needs no operands. */
    boolean isBranchedToWithoutOperands() {
      return opcode == Opcode.LOOP || !hasResult();
    }

    List<Instruction> body() {
      return body;
    }

    /** The instructions after {@code else}; empty if there is none. */
    List<Instruction> otherwise() {
      return otherwise;
    }

    Block containing(List<Instruction> newBody) {
      body = newBody;
      return this;
    }

    Block otherwise(List<Instruction> newOtherwise) {
      otherwise = newOtherwise;
      return this;
    }

    @Override
    public int stackEffect() {
      return (hasResult() ? 1 : 0) - (opcode == Opcode.IF ? 1 : 0);
    }

    @Override
    public boolean isFinal() {
      return false;
    }

    @Override
    public int size() {
      return 3 + sizeOf(body) + (otherwise.isEmpty() ? 0 : 1 + sizeOf(otherwise));
    }
  }

  // ---- How to make them

  static Block block() {
    return new Block(Opcode.BLOCK, ValueType.NONE);
  }

  static Block loop() {
    return new Block(Opcode.LOOP, ValueType.NONE);
  }

  static Block when(List<Instruction> body) {
    return new Block(Opcode.IF, ValueType.NONE).containing(body);
  }

  static Instruction branch(Label target) {
    return new Branch(Opcode.BR, target);
  }

  static Instruction branchIf(Label target) {
    return new Branch(Opcode.BR_IF, target);
  }

  static Instruction number(int value) {
    return new Plain(new ByteWriter().octet(Opcode.I32_CONST).signed(value).toBytes(), 1, false);
  }

  static Instruction get(int local) {
    return new LocalAccess(Opcode.LOCAL_GET, local);
  }

  static Instruction set(int local) {
    return new LocalAccess(Opcode.LOCAL_SET, local);
  }

  static Instruction tee(int local) {
    return new LocalAccess(Opcode.LOCAL_TEE, local);
  }

  static Instruction getGlobal(int global) {
    return new Plain(
        new ByteWriter().octet(Opcode.GLOBAL_GET).unsigned(global).toBytes(), 1, false);
  }

  static Instruction setGlobal(int global) {
    return new Plain(
        new ByteWriter().octet(Opcode.GLOBAL_SET).unsigned(global).toBytes(), -1, false);
  }

  /** An instruction that takes two numbers and leaves one. */
  static Instruction binary(int opcode) {
    return new Plain(new byte[] {(byte) opcode}, -1, false);
  }

  static Instruction returning() {
    return new Plain(new byte[] {Opcode.RETURN}, 0, true);
  }

  static Instruction unreachable() {
    return new Plain(new byte[] {Opcode.UNREACHABLE}, 0, true);
  }

  /** A list that can be added to. */
  static List<Instruction> code(Instruction... instructions) {
    return new ArrayList<>(Arrays.asList(instructions));
  }
}
