package pgquery;

import java.util.HashMap;
import java.util.Map;

/**
 * Global variables by which pieces hand values back to the function that they were taken out of. They are read right after
 * the call, so all pieces share them.
 */
final class PieceGlobals {
  private record Use(int valueType, int number) {}

  private static final int FOR_RETURNED_VALUE = 0;

  private final WasmModule module;
  private final Map<Use, Integer> globals = new HashMap<>();

  PieceGlobals(WasmModule module) {
    this.module = module;
  }

  /** For the value that the whole function returns when a piece contains a {@code return}. */
  int forReturnedValue(int valueType) {
    return global(valueType, FOR_RETURNED_VALUE);
  }

  /** For the nth local variable of this type, from 1. */
  int forLocal(int valueType, int number) {
    return global(valueType, number);
  }

  private int global(int valueType, int number) {
    return globals.computeIfAbsent(new Use(valueType, number), any -> module.addGlobal(valueType));
  }
}
