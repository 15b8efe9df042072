package pgquery;

import static pgquery.Instruction.block;
import static pgquery.Instruction.branch;
import static pgquery.Instruction.branchIf;
import static pgquery.Instruction.code;
import static pgquery.Instruction.get;
import static pgquery.Instruction.getGlobal;
import static pgquery.Instruction.number;
import static pgquery.Instruction.returning;
import static pgquery.Instruction.set;
import static pgquery.Instruction.setGlobal;
import static pgquery.Instruction.unreachable;
import static pgquery.Instruction.when;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import pgquery.Instruction.Block;
import pgquery.Instruction.Branch;
import pgquery.Instruction.BranchTable;
import pgquery.Instruction.LocalAccess;
import pgquery.Instruction.Plain;

/**
 * A run of instructions that becomes a function of its own, and the call that takes its place.
 *
 * <p>Local variables that are live before the run are arguments of the call; those that it writes and that are live after it
 * come back in global variables or, when there is only one and nothing else to say, as the result. When the run can be left
 * in several ways the result says which: 0 at its end, i + 1 by its exit i.
 */
final class Piece {
  private final WasmModule module;
  private final WasmFunction outer;
  private final List<Instruction> run;
  private final List<Label> exits;

  /** Whether control never gets to the end of the run. */
  private final boolean isFinal;

  private final SortedSet<Integer> used = new TreeSet<>();
  private final SortedSet<Integer> arguments = new TreeSet<>();

  /** Local variable of the outer function to the global variable in which it comes back. */
  private final Map<Integer, Integer> handedBack = new LinkedHashMap<>();

  private final OptionalInt onlyResult;
  private final OptionalInt returnedValue;
  private final WasmFunction inner;

  /** Local variable of the outer function to that of the inner one. */
  private final Map<Integer, Integer> innerLocal = new HashMap<>();

  Piece(
      WasmModule module,
      WasmFunction outer,
      PieceGlobals globals,
      List<Instruction> run,
      List<Label> exits,
      BitSet liveBefore,
      BitSet liveAfter) {
    this.module = module;
    this.outer = outer;
    this.run = run;
    this.exits = exits;
    this.isFinal = run.getLast().isFinal();
    SortedSet<Integer> written = new TreeSet<>();
    collectLocals(run, used, written);
    used.stream().filter(liveBefore::get).forEach(arguments::add);
    written.removeIf(local -> !liveAfter.get(local));
    returnedValue =
        outer.type().results().stream().mapToInt(globals::forReturnedValue).findFirst();
    onlyResult = !saysHowItWasLeft() && comesBack() && written.size() == 1
        ? OptionalInt.of(written.first())
        : OptionalInt.empty();
    if (onlyResult.isEmpty()) {
      assignGlobals(written, globals);
    }
    inner = module.newFunction(typesOf(arguments), results());
  }

  private void assignGlobals(SortedSet<Integer> locals, PieceGlobals globals) {
    Map<Integer, Integer> countOfType = new HashMap<>();
    for (int local : locals) {
      int type = outer.typeOfLocal(local);
      handedBack.put(local, globals.forLocal(type, countOfType.merge(type, 1, Integer::sum)));
    }
  }

  private static void collectLocals(
      List<Instruction> list, SortedSet<Integer> used, SortedSet<Integer> written) {
    for (Instruction instruction : list) {
      switch (instruction) {
        case Block block -> {
          collectLocals(block.body(), used, written);
          collectLocals(block.otherwise(), used, written);
        }
        case LocalAccess access -> {
          used.add(access.local());
          if (access.isWrite()) {
            written.add(access.local());
          }
        }
        case Plain plain -> {}
        case Branch branch -> {}
        case BranchTable table -> {}
      }
    }
  }

  private boolean saysHowItWasLeft() {
    return !exits.isEmpty() && !(isFinal && exits.size() == 1);
  }

  /** False when the run neither gets to its end nor branches out of itself: it traps or loops for ever. */
  private boolean comesBack() {
    return !(isFinal && exits.isEmpty());
  }

  private List<Integer> typesOf(SortedSet<Integer> locals) {
    return locals.stream().map(outer::typeOfLocal).toList();
  }

  private List<Integer> results() {
    if (saysHowItWasLeft()) {
      return List.of(ValueType.I32);
    }
    return onlyResult.stream().mapToObj(outer::typeOfLocal).toList();
  }

  /** Adds the function to the module and returns what takes the run's place. */
  List<Instruction> takeOut() {
    OptionalInt howItWasLeft =
        saysHowItWasLeft() ? OptionalInt.of(inner.addLocal(ValueType.I32)) : OptionalInt.empty();
    assignInnerLocals();
    List<Instruction> body = bodyWithExits(howItWasLeft);
    if (comesBack()) {
      handedBack.forEach((local, global) -> {
        body.add(get(innerLocal.get(local)));
        body.add(setGlobal(global));
      });
      onlyResult.ifPresent(local -> body.add(get(innerLocal.get(local))));
    }
    howItWasLeft.ifPresent(local -> body.add(get(local)));
    inner.setBody(body);
    return callOf(module.add(inner));
  }

  private void assignInnerLocals() {
    for (int argument : arguments) {
      innerLocal.put(argument, innerLocal.size());
    }
    for (int local : used) {
      if (!arguments.contains(local)) {
        innerLocal.put(local, inner.addLocal(outer.typeOfLocal(local)));
      }
    }
  }

  // ---- The inner function

  /** The run inside one block for each exit: a branch to the exit becomes one to the end of its block, where it is noted. */
  private List<Instruction> bodyWithExits(OptionalInt howItWasLeft) {
    Map<Label, Block> blockOf = new IdentityHashMap<>();
    exits.forEach(exit -> blockOf.put(exit, block()));
    List<Instruction> body = moved(run, blockOf);
    if (exits.isEmpty()) {
      return body;
    }
    Block end = block();
    if (!isFinal) {
      body.addAll(note(0, howItWasLeft));
      body.add(branch(end));
    }
    for (int i = 0; i < exits.size(); i++) {
      body = code(blockOf.get(exits.get(i)).containing(body));
      body.addAll(note(i + 1, howItWasLeft));
      if (i < exits.size() - 1) {
        body.add(branch(end));
      }
    }
    return code(end.containing(body));
  }

  private static List<Instruction> note(int way, OptionalInt howItWasLeft) {
    return howItWasLeft.isPresent() ? code(number(way), set(howItWasLeft.getAsInt())) : List.of();
  }

  /** The instructions with the inner function's variables and labels. */
  private List<Instruction> moved(List<Instruction> list, Map<Label, Block> blockOf) {
    List<Instruction> moved = new ArrayList<>();
    for (Instruction instruction : list) {
      switch (instruction) {
        case Block block ->
          moved.add(block
              .containing(moved(block.body(), blockOf))
              .otherwise(moved(block.otherwise(), blockOf)));
        case LocalAccess access ->
          moved.add(new LocalAccess(access.opcode(), innerLocal.get(access.local())));
        case Branch branch ->
          moved.add(new Branch(branch.opcode(), inner(branch.target(), blockOf)));
        case BranchTable table ->
          moved.add(new BranchTable(
              table.targets().stream().map(target -> inner(target, blockOf)).toList()));
        case Plain plain
        when plain.isReturn() -> {
          returnedValue.ifPresent(global -> moved.add(setGlobal(global)));
          moved.add(branch(blockOf.get(Label.Return.RETURN)));
        }
        case Plain plain -> moved.add(plain);
      }
    }
    return moved;
  }

  private static Label inner(Label label, Map<Label, Block> blockOf) {
    return blockOf.containsKey(label) ? blockOf.get(label) : label;
  }

  // ---- The call

  private List<Instruction> callOf(Instruction innerFunction) {
    List<Instruction> call = new ArrayList<>();
    arguments.forEach(argument -> call.add(get(argument)));
    call.add(innerFunction);
    if (comesBack()) {
      onlyResult.ifPresent(local -> call.add(set(local)));
      handedBack.forEach((local, global) -> {
        call.add(getGlobal(global));
        call.add(set(local));
      });
    }
    return followExits(call);
  }

  private List<Instruction> followExits(List<Instruction> call) {
    if (exits.isEmpty()) {
      if (isFinal) {
        call.add(unreachable());
      }
      return call;
    }
    if (exits.size() == 1) {
      call.addAll(isFinal ? follow(exits.getFirst()) : followIfSet(exits.getFirst()));
      return call;
    }
    return followOneOf(call);
  }

  private List<Instruction> follow(Label exit) {
    if (exit != Label.Return.RETURN) {
      return code(branch(exit));
    }
    List<Instruction> leave = code();
    returnedValue.ifPresent(global -> leave.add(getGlobal(global)));
    leave.add(returning());
    return leave;
  }

  private List<Instruction> followIfSet(Label exit) {
    return exit == Label.Return.RETURN ? code(when(follow(exit))) : code(branchIf(exit));
  }

  private List<Instruction> followOneOf(List<Instruction> call) {
    Block goOn = block();
    Block leave = block();
    List<Label> targets = new ArrayList<>();
    targets.add(goOn);
    exits.forEach(exit -> targets.add(exit == Label.Return.RETURN ? leave : exit));
    targets.add(goOn);
    call.add(new BranchTable(targets));
    List<Instruction> all = call;
    if (exits.contains(Label.Return.RETURN)) {
      all = code(leave.containing(all));
      all.addAll(follow(Label.Return.RETURN));
    }
    all = code(goOn.containing(all));
    if (isFinal) {
      all.add(unreachable());
    }
    return all;
  }
}
