package pgquery;

import java.util.ArrayList;
import java.util.List;
import pgquery.Instruction.Block;
import pgquery.Instruction.Branch;
import pgquery.Instruction.BranchTable;
import pgquery.Instruction.LocalAccess;
import pgquery.Instruction.Plain;

/** Writes the code of a function. */
final class FunctionWriter {
  private final ByteWriter out = new ByteWriter();
  private final List<Label> open = new ArrayList<>();

  private FunctionWriter() {}

  static byte[] code(WasmFunction function) {
    FunctionWriter writer = new FunctionWriter();
    writer.out.unsigned(function.locals().size());
    for (int valueType : function.locals()) {
      writer.out.unsigned(1).octet(valueType);
    }
    writer.open.add(function.end());
    writer.write(function.body());
    writer.out.octet(Opcode.END);
    return writer.out.toBytes();
  }

  private void write(List<Instruction> instructions) {
    for (Instruction instruction : instructions) {
      switch (instruction) {
        case Plain plain -> out.octets(plain.encoded());
        case LocalAccess access -> out.octets(access.encoded());
        case Branch branch -> out.octet(branch.opcode()).unsigned(depthOf(branch.target()));
        case BranchTable table -> write(table);
        case Block block -> write(block);
      }
    }
  }

  private void write(BranchTable table) {
    out.octet(Opcode.BR_TABLE).unsigned(table.targets().size() - 1);
    for (Label target : table.targets()) {
      out.unsigned(depthOf(target));
    }
  }

  private void write(Block block) {
    out.octet(block.opcode()).octet(block.resultType());
    open.add(block);
    write(block.body());
    if (!block.otherwise().isEmpty()) {
      out.octet(Opcode.ELSE);
      write(block.otherwise());
    }
    open.removeLast();
    out.octet(Opcode.END);
  }

  private int depthOf(Label label) {
    int index = open.lastIndexOf(label);
    if (index < 0) {
      throw new IllegalStateException("a branch to a label that is not open");
    }
    return open.size() - 1 - index;
  }
}
