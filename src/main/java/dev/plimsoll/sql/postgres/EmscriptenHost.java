package dev.plimsoll.sql.postgres;

import java.util.Arrays;
import run.endive.runtime.HostFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Memory;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;

/**
 * What C code compiled by emscripten expects from the JavaScript around it: setjmp/longjmp, memory growth, and a few system
 * calls. PostgreSQL reports an error by longjmp, so that is used all the time; it has no files, no clock and no network here.
 */
final class EmscriptenHost {
  private static final int BAD_FILE_DESCRIPTOR = 8;
  private static final long[] FAILED_TO_GROW = {0};
  private static final long[] GREW = {1};

  private final int maximumPages;

  EmscriptenHost(int maximumPages) {
    this.maximumPages = maximumPages;
  }

  /** Thrown by {@code longjmp}, caught by the {@code invoke_} function around the {@code setjmp}. */
  private static final class LongJump extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final LongJump INSTANCE = new LongJump();

    private LongJump() {
      super("longjmp", null, false, false);
    }
  }

  ImportValues importsOf(WasmModule module) {
    var imports = ImportValues.builder();
    for (int i = 0; i < module.importSection().importCount(); i++) {
      if (module.importSection().getImport(i) instanceof FunctionImport function) {
        FunctionType type = module.typeSection().getType(function.typeIndex());
        String name = CFunctions.NAMES.imported(function.name());
        imports.addFunction(
            new HostFunction(function.module(), function.name(), type, implementation(name, type)));
      }
    }
    return imports.build();
  }

  private WasmFunctionHandle implementation(String name, FunctionType type) {
    if (name.startsWith("invoke_")) {
      return callThatMayLongJump(type.returns().isEmpty() ? new long[0] : new long[1]);
    }
    return switch (name) {
      case "__emscripten_throw_longjmp" ->
        (instance, arguments) -> {
          throw LongJump.INSTANCE;
        };
      case "_emscripten_resize_heap" ->
        (instance, arguments) -> grow(instance.memory(), arguments[0] & 0xffff_ffffL);
      case "_fd_write" -> (instance, arguments) -> discardWrite(instance.memory(), arguments);
      case "_fd_close", "_fd_read", "_fd_seek" ->
        (instance, arguments) -> new long[] {BAD_FILE_DESCRIPTOR};
      case "__setitimer_js" -> (instance, arguments) -> new long[] {0};
      case "__emscripten_runtime_keepalive_clear" -> (instance, arguments) -> new long[0];
      default ->
        (instance, arguments) -> {
          throw new ParserCrash("it called " + name);
        };
    };
  }

  private static WasmFunctionHandle callThatMayLongJump(long[] resultAfterJump) {
    String stackPointer = CFunctions.NAMES.exported("_emscripten_stack_get_current");
    String restoreStack = CFunctions.NAMES.exported("__emscripten_stack_restore");
    String setThrew = CFunctions.NAMES.exported("_setThrew");
    return (instance, arguments) -> {
      long stack = instance.export(stackPointer).apply()[0];
      int function = instance.table(0).requiredRef((int) arguments[0]);
      try {
        return instance
            .getMachine()
            .call(function, Arrays.copyOfRange(arguments, 1, arguments.length));
      } catch (LongJump jump) {
        instance.export(restoreStack).apply(stack);
        instance.export(setThrew).apply(1, 0);
        return resultAfterJump;
      }
    };
  }

  /** Grows by a fifth at least, so that a large input does not copy the memory at every step. */
  private long[] grow(Memory memory, long wantedBytes) {
    long wantedPages = (wantedBytes + Memory.PAGE_SIZE - 1) / Memory.PAGE_SIZE;
    if (wantedPages > maximumPages) {
      return FAILED_TO_GROW;
    }
    long pages =
        Math.min(maximumPages, Math.max(wantedPages, memory.pages() + memory.pages() / 5L));
    return memory.grow((int) (pages - memory.pages())) < 0 ? FAILED_TO_GROW : GREW;
  }

  /** Says that all was written. Arguments: file descriptor, array of (pointer, length), its size, where to put the count. */
  private static long[] discardWrite(Memory memory, long[] arguments) {
    int written = 0;
    for (int i = 0; i < (int) arguments[2]; i++) {
      written += memory.readInt((int) arguments[1] + 8 * i + 4);
    }
    memory.writeI32((int) arguments[3], written);
    return new long[] {0};
  }
}
