package pgquery;

/**
 * Splits the long functions of a WebAssembly module, so that each can be compiled to a JVM method: those have at most 64 KB,
 * and HotSpot compiles only those below 8,000 bytes. In: any module that emscripten makes of C; out: an equivalent one.
 */
final class FunctionSplitter {
  /** Functions longer than this many bytes of WebAssembly are split. */
  private static final int LONGEST_FUNCTION = 3_000;

  /** About how many bytes of WebAssembly a piece may have. */
  private static final int LONGEST_PIECE = 2_500;

  private FunctionSplitter() {}

  static byte[] split(byte[] wasm) {
    WasmModule module = new WasmModule(wasm);
    PieceGlobals globals = new PieceGlobals(module);
    for (int i = 0; i < module.functionsWithCode(); i++) {
      if (module.sizeOfCode(i) > LONGEST_FUNCTION) {
        WasmFunction function = module.read(i);
        new SwitchRegrouper(module, function).regroupIn(function.body());
        new Outliner(module, function, globals, LONGEST_PIECE).shorten();
        module.replace(i, function);
      }
    }
    return module.toBytes();
  }
}
