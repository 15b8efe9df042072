package pgquery;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pgquery.Instruction.Block;
import pgquery.Instruction.Branch;
import pgquery.Instruction.BranchTable;
import pgquery.Instruction.LocalAccess;
import pgquery.Instruction.Plain;

/**
 * Makes a function short by making functions of its parts.
 *
 * <p>What can be taken out is a run of instructions that follow each other, with nothing on the operand stack at its
 * beginning and at its end. The innermost blocks are made short first; then, in each list that is still too long, runs of
 * about the allowed size are taken out.
 */
final class Outliner {
  /** A call with its arguments takes nearly as much as fewer bytes than this. */
  private static final int SHORTEST_PIECE = 48;

  /** More ways out of a run than this are not worth the switch after the call. */
  private static final int MOST_EXITS = 32;

  private final WasmModule module;
  private final WasmFunction function;
  private final PieceGlobals globals;
  private final LiveLocals live;
  private final int maximumSize;

  Outliner(WasmModule module, WasmFunction function, PieceGlobals globals, int maximumSize) {
    this.module = module;
    this.function = function;
    this.globals = globals;
    this.live = new LiveLocals(function);
    this.maximumSize = maximumSize;
  }

  void shorten() {
    shorten(function.body(), new BitSet());
  }

  private void shorten(List<Instruction> list, BitSet liveAfter) {
    BitSet[] liveAt = live.afterEach(list, liveAfter);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Block block && block.size() >= maximumSize / 2) {
        live.enter(block, liveAt[i + 1]);
        shorten(block.body(), liveAt[i + 1]);
        shorten(block.otherwise(), liveAt[i + 1]);
      }
    }
    live.before(list, liveAfter); // the labels in the list, once more, as its blocks have changed
    if (Instruction.sizeOf(list) > maximumSize) {
      List<Instruction> shorter = new Runs(liveAt).takeOutOf(list);
      list.clear();
      list.addAll(shorter);
    }
  }

  /** Walks along a list, and collects instructions until enough of them are together to be taken out. */
  private final class Runs {
    /** What is live before the first instruction (at 0) and after each of them (from 1 on). */
    private final BitSet[] liveAt;

    private final List<Instruction> result = new ArrayList<>();
    private List<Instruction> run = new ArrayList<>();
    private int runStart;
    private int runEnd;

    Runs(BitSet[] liveAt) {
      this.liveAt = liveAt;
    }

    List<Instruction> takeOutOf(List<Instruction> list) {
      int start = 0;
      for (int end = endOfSegment(list, 0); end > 0; end = endOfSegment(list, start)) {
        add(list.subList(start, end), start, end);
        start = end;
      }
      finishRun();
      result.addAll(list.subList(start, list.size()));
      return result;
    }

    private void add(List<Instruction> segment, int start, int end) {
      int size = Instruction.sizeOf(segment);
      boolean canBeTakenOut = size <= maximumSize * 3 / 2 && hasSimpleExits(segment);
      if (!canBeTakenOut || Instruction.sizeOf(run) + size > maximumSize) {
        finishRun();
      }
      if (canBeTakenOut) {
        if (run.isEmpty()) {
          runStart = start;
        }
        run.addAll(segment);
        runEnd = end;
      } else {
        result.addAll(segment);
      }
    }

    private void finishRun() {
      if (!run.isEmpty()) {
        result.addAll(takenOut(run, liveAt[runStart], liveAt[runEnd]));
        run = new ArrayList<>();
      }
    }
  }

  /**
   * Where the smallest run that starts here ends: the operand stack is as high as at its start, and control goes on. After
   * an instruction that never goes on, all the rest of the list belongs to it. 0 if there is no such end.
   */
  private static int endOfSegment(List<Instruction> list, int start) {
    int height = 0;
    for (int i = start; i < list.size(); i++) {
      height += list.get(i).stackEffect();
      if (list.get(i).isFinal()) {
        return list.size();
      }
      if (height == 0) {
        return i + 1;
      }
    }
    return 0;
  }

  private List<Instruction> takenOut(List<Instruction> run, BitSet liveBefore, BitSet liveAfter) {
    List<Label> exits = exitsOf(run);
    if (Instruction.sizeOf(run) < SHORTEST_PIECE || exits.size() > MOST_EXITS) {
      return run;
    }
    BitSet liveAtExits = run.getLast().isFinal() ? new BitSet() : (BitSet) liveAfter.clone();
    for (Label exit : exits) {
      if (exit != Label.Return.RETURN) {
        liveAtExits.or(live.at(exit));
      }
    }
    return new Piece(module, function, globals, run, exits, liveBefore, liveAtExits).takeOut();
  }

  private static boolean hasSimpleExits(List<Instruction> run) {
    List<Label> exits = exitsOf(run);
    return exits.size() <= MOST_EXITS
        && exits.stream().allMatch(exit -> switch (exit) {
          case Label.Return returning -> true;
          case Label.FunctionEnd end -> false;
          case Block block -> block.isBranchedToWithoutOperands();
        });
  }

  /** The labels outside these instructions to which they branch, in the order of their first use. */
  private static List<Label> exitsOf(List<Instruction> run) {
    Set<Label> used = new LinkedHashSet<>();
    Set<Label> inside = Collections.newSetFromMap(new IdentityHashMap<>());
    collectLabels(run, used, inside);
    used.removeAll(inside);
    return new ArrayList<>(used);
  }

  private static void collectLabels(List<Instruction> list, Set<Label> used, Set<Label> inside) {
    for (Instruction instruction : list) {
      switch (instruction) {
        case Block block -> {
          inside.add(block);
          collectLabels(block.body(), used, inside);
          collectLabels(block.otherwise(), used, inside);
        }
        case Branch branch -> used.add(branch.target());
        case BranchTable table -> used.addAll(table.targets());
        case Plain plain when plain.isReturn() -> used.add(Label.Return.RETURN);
        case Plain plain -> {}
        case LocalAccess access -> {}
      }
    }
  }
}
