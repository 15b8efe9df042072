package pgquery;

import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import pgquery.Instruction.Block;
import pgquery.Instruction.Branch;
import pgquery.Instruction.BranchTable;
import pgquery.Instruction.LocalAccess;
import pgquery.Instruction.Plain;

/**
 * Which local variables of a function are live, that is, may be read before they are written next. Computed backwards: what
 * is live before an instruction follows from what is live after it.
 */
final class LiveLocals {
  /** What is live where a branch to a label goes. Filled for the blocks around the code that is being looked at. */
  private final Map<Label, BitSet> atLabel = new IdentityHashMap<>();

  /** What the last computation found at the beginning of a loop; where the next one can start. */
  private final Map<Block, BitSet> atLoop = new IdentityHashMap<>();

  LiveLocals(WasmFunction function) {
    atLabel.put(function.end(), new BitSet());
  }

  /** What is live at a label that is open. Not to be changed. */
  BitSet at(Label label) {
    return atLabel.get(label);
  }

  /** Says that the code to be looked at is inside this block, after which this is live. */
  void enter(Block block, BitSet after) {
    atLabel.put(block, block.opcode() == Opcode.LOOP ? atStartOf(block, after) : after);
  }

  /** What is live before a list of instructions. */
  BitSet before(List<Instruction> list, BitSet after) {
    return afterEach(list, after)[0];
  }

  /** What is live before the first instruction (at 0) and after each of them (from 1 on). */
  BitSet[] afterEach(List<Instruction> list, BitSet after) {
    BitSet[] live = new BitSet[list.size() + 1];
    live[list.size()] = copy(after);
    for (int i = list.size() - 1; i >= 0; i--) {
      live[i] = before(list.get(i), live[i + 1]);
    }
    return live;
  }

  private BitSet before(Instruction instruction, BitSet after) {
    return switch (instruction) {
      case Plain plain -> plain.isFinal() ? new BitSet() : after;
      case LocalAccess access -> {
        BitSet live = copy(after);
        live.set(access.local(), !access.isWrite());
        yield live;
      }
      case Branch branch ->
        branch.isConditional() ? union(after, at(branch.target())) : copy(at(branch.target()));
      case BranchTable table -> {
        BitSet live = new BitSet();
        table.targets().forEach(target -> live.or(at(target)));
        yield live;
      }
      case Block block -> before(block, after);
    };
  }

  private BitSet before(Block block, BitSet after) {
    if (block.opcode() == Opcode.LOOP) {
      return atStartOf(block, after);
    }
    atLabel.put(block, after);
    BitSet live = before(block.body(), after);
    return block.opcode() == Opcode.IF ? union(live, before(block.otherwise(), after)) : live;
  }

  /** What a loop needs at its beginning it also needs wherever it is repeated: so look until nothing new is found. */
  private BitSet atStartOf(Block loop, BitSet after) {
    BitSet known = atLoop.getOrDefault(loop, new BitSet());
    while (true) {
      atLabel.put(loop, known);
      BitSet found = union(known, before(loop.body(), after));
      if (found.equals(known)) {
        atLoop.put(loop, known);
        return known;
      }
      known = found;
    }
  }

  private static BitSet copy(BitSet set) {
    return (BitSet) set.clone();
  }

  private static BitSet union(BitSet one, BitSet other) {
    BitSet union = copy(one);
    union.or(other);
    return union;
  }
}
