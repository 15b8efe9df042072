package pgquery;

import static pgquery.Instruction.binary;
import static pgquery.Instruction.block;
import static pgquery.Instruction.branch;
import static pgquery.Instruction.branchIf;
import static pgquery.Instruction.code;
import static pgquery.Instruction.get;
import static pgquery.Instruction.loop;
import static pgquery.Instruction.number;
import static pgquery.Instruction.returning;
import static pgquery.Instruction.set;
import static pgquery.Instruction.tee;
import static pgquery.Instruction.unreachable;
import static pgquery.Instruction.when;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import pgquery.Instruction.Block;
import pgquery.Instruction.Branch;
import pgquery.Instruction.BranchTable;

/**
 * Breaks up the long switches of a function: PostgreSQL's grammar has one of 2,017 cases.
 *
 * <p>A C switch of n cases is n blocks, one in the other, with a {@code br_table} in the innermost: case i is what follows
 * the end of block i, and falls through to case i + 1. No part of that can be taken out, as everything is inside everything.
 * So the cases are regrouped: the number of the case goes into a variable, and a loop branches first to a group of cases and
 * in it to the case. A jump from one group to another sets the variable and goes round the loop. Each group is then a block
 * of its own that the {@link Outliner} can take out.
 */
final class SwitchRegrouper {
  private static final int GROUP = 64;
  private static final int LOG_OF_GROUP = 6;
  private static final int WORTH_REGROUPING = 3 * GROUP;

  /** A case table of this many entries stays far below the 64 KB of a JVM method. */
  private static final int LOOKUP_ENTRIES = 600;

  private final WasmModule module;
  private final WasmFunction function;

  SwitchRegrouper(WasmModule module, WasmFunction function) {
    this.module = module;
    this.function = function;
  }

  void regroupIn(List<Instruction> list) {
    for (Instruction instruction : list) {
      if (instruction instanceof Block block) {
        List<Block> nested = blocksBeginningWithABlock(block);
        if (nested.size() >= WORTH_REGROUPING) {
          new Switch(nested).regroup();
        } else {
          regroupIn(block.body());
          regroupIn(block.otherwise());
        }
      }
    }
  }

  /** The block, the block at its beginning, the block at that one's beginning and so on. */
  private static List<Block> blocksBeginningWithABlock(Block outermost) {
    List<Block> nested = new ArrayList<>();
    Block block = outermost;
    while (block.opcode() == Opcode.BLOCK && !block.hasResult()) {
      nested.add(block);
      if (block.body().isEmpty() || !(block.body().getFirst() instanceof Block inner)) {
        break;
      }
      block = inner;
    }
    return nested;
  }

  private final class Switch {
    /** The label before each case: a branch to it gets to the case. */
    private final List<Block> labels;

    private final Map<Label, Integer> caseOf = new IdentityHashMap<>();

    /** The outermost block; its end is the end of the switch. */
    private final Block whole;

    /** What comes before all cases: computes the value and branches on it. */
    private final List<Instruction> head;

    /** For each case its instructions. */
    private final List<List<Instruction>> cases;

    /** Holds the number of the case to go to. */
    private final int next = function.addLocal(ValueType.I32);

    private final Block dispatcher = loop();

    Switch(List<Block> nestedOutermostFirst) {
      labels = new ArrayList<>(nestedOutermostFirst.reversed());
      whole = labels.removeLast();
      for (int i = 0; i < labels.size(); i++) {
        caseOf.put(labels.get(i), i);
      }
      head = labels.getFirst().body();
      cases = Stream.concat(labels.stream().skip(1), Stream.of(whole))
          .map(block -> withoutFirst(block.body()))
          .toList();
    }

    private static List<Instruction> withoutFirst(List<Instruction> list) {
      return new ArrayList<>(list.subList(1, list.size()));
    }

    void regroup() {
      Block start = block();
      List<Instruction> startCode = new Jumps(-1, start).redirect(head);
      startCode.add(number(0));
      startCode.add(set(next));
      start.containing(startCode);
      dispatcher.containing(groups());
      whole.containing(code(start, dispatcher));
    }

    /** Like the original switch, but of groups: a table of all groups, then each group after its label. */
    private List<Instruction> groups() {
      int count = Math.ceilDiv(cases.size(), GROUP);
      List<Block> groupLabels = Stream.generate(Instruction::block).limit(count).toList();
      List<Label> targets = new ArrayList<>(groupLabels);
      targets.add(groupLabels.getLast());
      List<Instruction> all =
          code(get(next), number(LOG_OF_GROUP), binary(Opcode.I32_SHR_U), new BranchTable(targets));
      for (int group = 0; group < count; group++) {
        all = code(groupLabels.get(group).containing(all));
        all.addAll(group(group));
      }
      return all;
    }

    private List<Instruction> group(int group) {
      int first = group * GROUP;
      int end = Math.min(cases.size(), first + GROUP);
      List<Label> targets = new ArrayList<>(labels.subList(first, end));
      targets.add(targets.getLast());
      List<Instruction> all =
          code(get(next), number(first), binary(Opcode.I32_SUB), new BranchTable(targets));
      Jumps jumps = new Jumps(group, dispatcher);
      for (int i = first; i < end; i++) {
        all = code(labels.get(i).containing(all));
        all.addAll(jumps.redirect(cases.get(i)));
      }
      all.addAll(
          end < cases.size()
              ? code(number(end), set(next), branch(dispatcher))
              : code(branch(whole)));
      return all;
    }

    /** Redirects the jumps of the code of one group that lead to cases of other groups. */
    private final class Jumps {
      private final int group;
      private final Label toDispatcher;

      Jumps(int group, Label toDispatcher) {
        this.group = group;
        this.toDispatcher = toDispatcher;
      }

      List<Instruction> redirect(List<Instruction> list) {
        List<Instruction> redirected = new ArrayList<>();
        for (Instruction instruction : list) {
          switch (instruction) {
            case Block block -> redirected.add(redirectIn(block));
            case Branch branch
            when leadsElsewhere(branch.target()) -> redirected.addAll(redirect(branch));
            case BranchTable table
            when table.targets().stream().anyMatch(this::leadsElsewhere) ->
              redirected.addAll(redirect(table));
            default -> redirected.add(instruction);
          }
        }
        return redirected;
      }

      private Block redirectIn(Block block) {
        return block.containing(redirect(block.body())).otherwise(redirect(block.otherwise()));
      }

      private boolean leadsElsewhere(Label target) {
        Integer number = caseOf.get(target);
        return number != null && (group < 0 || number / GROUP != group);
      }

      private List<Instruction> redirect(Branch branch) {
        List<Instruction> jump =
            code(number(caseOf.get(branch.target())), set(next), branch(toDispatcher));
        return branch.isConditional() ? code(when(jump)) : jump;
      }

      /** The index becomes the number of a case or, above those, of a label to branch to directly. */
      private List<Instruction> redirect(BranchTable table) {
        int caseCount = caseOf.size();
        Map<Label, Integer> direct = new LinkedHashMap<>();
        List<Integer> numbers = new ArrayList<>();
        for (Label target : table.targets()) {
          if (leadsElsewhere(target)) {
            numbers.add(caseOf.get(target));
          } else {
            direct.putIfAbsent(target, direct.size());
            numbers.add(caseCount + direct.get(target));
          }
        }
        List<Instruction> jump = code(lookup(numbers));
        if (direct.isEmpty()) {
          Collections.addAll(jump, set(next), branch(toDispatcher));
          return jump;
        }
        List<Label> targets = new ArrayList<>(direct.keySet());
        targets.add(targets.getLast());
        Collections.addAll(
            jump, tee(next), number(caseCount), binary(Opcode.I32_LT_U), branchIf(toDispatcher));
        Collections.addAll(
            jump, get(next), number(caseCount), binary(Opcode.I32_SUB), new BranchTable(targets));
        return jump;
      }
    }
  }

  /** A call of a new function that turns an index into the number at that place; the last number is for all others. */
  private Instruction lookup(List<Integer> numbers) {
    WasmFunction lookup = module.newFunction(List.of(ValueType.I32), List.of(ValueType.I32));
    int last = numbers.size() - 1;
    for (int from = 0; from < last; from += LOOKUP_ENTRIES) {
      int to = Math.min(last, from + LOOKUP_ENTRIES);
      Instruction part = lookupPart(numbers.subList(from, to));
      Collections.addAll(lookup.body(), get(0), number(to), binary(Opcode.I32_LT_U));
      lookup
          .body()
          .add(when(code(get(0), number(from), binary(Opcode.I32_SUB), part, returning())));
    }
    lookup.body().add(number(numbers.getLast()));
    return module.add(lookup);
  }

  private Instruction lookupPart(List<Integer> numbers) {
    Map<Integer, Block> labelOf = new TreeMap<>();
    List<Label> targets = new ArrayList<>();
    for (int number : numbers) {
      targets.add(labelOf.computeIfAbsent(number, any -> block()));
    }
    targets.add(targets.getLast());
    List<Instruction> all = code(get(0), new BranchTable(targets));
    for (Map.Entry<Integer, Block> label : labelOf.entrySet()) {
      all = code(label.getValue().containing(all), number(label.getKey()), returning());
    }
    all.add(unreachable());
    WasmFunction part = module.newFunction(List.of(ValueType.I32), List.of(ValueType.I32));
    part.setBody(all);
    return module.add(part);
  }
}
