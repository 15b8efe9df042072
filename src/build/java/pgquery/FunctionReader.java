package pgquery;

import static pgquery.Opcode.*;

import java.util.ArrayList;
import java.util.List;
import pgquery.Instruction.Block;
import pgquery.Instruction.Branch;
import pgquery.Instruction.BranchTable;
import pgquery.Instruction.LocalAccess;
import pgquery.Instruction.Plain;

/** Reads the code of a function. Knows the instructions that C code compiled by emscripten consists of, and no others. */
final class FunctionReader {
  private final WasmModule module;
  private final ByteReader in;
  private final List<Label> open = new ArrayList<>();

  private FunctionReader(WasmModule module, ByteReader in) {
    this.module = module;
    this.in = in;
  }

  static void readInto(WasmFunction function, byte[] code, WasmModule module) {
    ByteReader in = new ByteReader(code);
    for (int groups = in.unsigned(); groups > 0; groups--) {
      int count = in.unsigned();
      int valueType = in.octet();
      for (int i = 0; i < count; i++) {
        function.addLocal(valueType);
      }
    }
    FunctionReader reader = new FunctionReader(module, in);
    reader.open.add(function.end());
    reader.readUntilEndOrElse(function.body());
  }

  /** Reads instructions up to {@code end} or {@code else}, and returns which of the two it was. */
  private int readUntilEndOrElse(List<Instruction> list) {
    while (true) {
      int start = in.position();
      int opcode = in.octet();
      if (opcode == END || opcode == ELSE) {
        return opcode;
      }
      list.add(read(opcode, start));
    }
  }

  private Instruction read(int opcode, int start) {
    return switch (opcode) {
      case BLOCK, LOOP, IF -> block(opcode);
      case BR, BR_IF -> new Branch(opcode, label());
      case BR_TABLE -> branchTable();
      case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> new LocalAccess(opcode, in.unsigned());
      default -> {
        int stackEffect = skipOperands(opcode);
        yield new Plain(in.since(start), stackEffect, opcode == UNREACHABLE || opcode == RETURN);
      }
    };
  }

  private Block block(int opcode) {
    int type = in.octet();
    if (type != ValueType.NONE && !isBetween(type, 0x6f, 0x7f)) {
      throw new BuildStopped("the parser's wasm has a block with parameters");
    }
    Block block = new Block(opcode, type);
    open.add(block);
    if (readUntilEndOrElse(block.body()) == ELSE) {
      readUntilEndOrElse(block.otherwise());
    }
    open.removeLast();
    return block;
  }

  private BranchTable branchTable() {
    List<Label> targets = new ArrayList<>();
    for (int count = in.unsigned() + 1; count > 0; count--) {
      targets.add(label());
    }
    return new BranchTable(targets);
  }

  /** A branch names its label by depth: 0 is the innermost block. */
  private Label label() {
    return open.get(open.size() - 1 - in.unsigned());
  }

  /** Skips what belongs to the instruction and returns its effect on the operand stack. */
  private int skipOperands(int opcode) {
    switch (opcode) {
      case UNREACHABLE, RETURN, NOP -> {
        return 0;
      }
      case CALL -> {
        return module.typeOfFunction(in.unsigned()).stackEffect();
      }
      case CALL_INDIRECT -> {
        FunctionType type = module.type(in.unsigned());
        in.skipNumber();
        return type.stackEffect() - 1;
      }
      case DROP -> {
        return -1;
      }
      case SELECT -> {
        return -2;
      }
      case GLOBAL_GET, I32_CONST, I64_CONST, MEMORY_SIZE -> {
        in.skipNumber();
        return 1;
      }
      case GLOBAL_SET -> {
        in.skipNumber();
        return -1;
      }
      case MEMORY_GROW -> {
        in.skipNumber();
        return 0;
      }
      case F32_CONST -> {
        in.skip(4);
        return 1;
      }
      case F64_CONST -> {
        in.skip(8);
        return 1;
      }
      case PREFIX_FC -> {
        return skipOperandsOfPrefixed(in.unsigned());
      }
      default -> {
        return skipOperandsOfRange(opcode);
      }
    }
  }

  private int skipOperandsOfRange(int opcode) {
    if (isBetween(opcode, FIRST_LOAD, LAST_STORE)) {
      in.skipNumber(); // alignment
      in.skipNumber(); // offset
      return opcode <= LAST_LOAD ? 0 : -2;
    }
    if (isBetween(opcode, FIRST_NUMERIC, LAST_NUMERIC)) {
      return isUnary(opcode) ? 0 : -1;
    }
    throw new BuildStopped("the parser's wasm has an unknown instruction, " + opcode);
  }

  /** Saturating conversions (0 to 7) and bulk memory operations. */
  private int skipOperandsOfPrefixed(int opcode) {
    switch (opcode) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> {
        return 0;
      }
      case 8, 10 -> { // memory.init, memory.copy
        in.skipNumber();
        in.skipNumber();
        return -3;
      }
      case 9 -> { // data.drop
        in.skipNumber();
        return 0;
      }
      case 11 -> { // memory.fill
        in.skipNumber();
        return -3;
      }
      default ->
        throw new BuildStopped("the parser's wasm has an unknown instruction, 0xfc " + opcode);
    }
  }
}
