package dev.plimsoll.sql.postgres;

import dev.plimsoll.sql.postgres.wasm.PgQueryModule;
import java.nio.charset.StandardCharsets;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.ExportFunction;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.MemoryLimits;

/**
 * One instance of libpg_query with a memory of its own. Not thread-safe. After any exception it must be thrown away: a
 * longjmp or a trap in its middle leaves its memory in an unknown state.
 */
final class PgQueryInstance {
  /** 40 MB, which most inputs never have to grow. */
  static final int INITIAL_PAGES = 640;

  /** What the parser answers. */
  sealed interface Reply {
    /** A document in UTF-8: the parse tree, or the tokens. */
    record Json(byte[] utf8) implements Reply {}

    /**
     * An error.
     *
     * @param cursor position in code points, from 1; 0 if the error has none
     */
    record Error(String message, int cursor) implements Reply {}
  }

  private final Memory memory;
  private final ExportFunction malloc;
  private final ExportFunction free;
  private final ExportFunction parse;
  private final ExportFunction freeParseResult;
  private final ExportFunction scan;
  private final ExportFunction freeString;

  PgQueryInstance(int maximumPages) {
    var module = PgQueryModule.load();
    Instance instance = Instance.builder(module)
        .withImportValues(new EmscriptenHost(maximumPages).importsOf(module))
        .withMachineFactory(PgQueryModule::create)
        .withMemoryFactory(ByteArrayMemory::new)
        .withMemoryLimits(new MemoryLimits(INITIAL_PAGES, maximumPages))
        .withInitialize(true)
        .withStart(false)
        .build();
    memory = instance.memory();
    malloc = function(instance, "_malloc");
    free = function(instance, "_free");
    parse = function(instance, "_wasm_parse_query_raw");
    freeParseResult = function(instance, "_wasm_free_parse_result");
    scan = function(instance, "_wasm_scan");
    freeString = function(instance, "_wasm_free_string");
    function(instance, "__wasm_call_ctors").apply();
  }

  private static ExportFunction function(Instance instance, String name) {
    return instance.export(CFunctions.NAMES.exported(name));
  }

  /** Memory in use, in pages of 64 KiB. It grows with the largest input so far and never shrinks. */
  int pages() {
    return memory.pages();
  }

  /** The parse tree of all statements, or the first error. The input must not contain a NUL, which would end it. */
  Reply parse(byte[] utf8) {
    int input = copyIn(utf8);
    int result = (int) parse.apply(input)[0];
    int tree = memory.readInt(result);
    int error = memory.readInt(result + 8);
    Reply reply = error == 0 ? new Reply.Json(bytesAt(tree)) : errorAt(error);
    freeParseResult.apply(result);
    free.apply(input);
    return reply;
  }

  /** The tokens, or an error. The input must not contain a NUL, which would end it. */
  Reply scan(byte[] utf8) {
    int input = copyIn(utf8);
    int result = (int) scan.apply(input)[0];
    if (result == 0) {
      throw new ParserCrash("the scanner gave no answer");
    }
    byte[] answer = bytesAt(result);
    freeString.apply(result);
    free.apply(input);
    // The scanner returns an error as its bare message, in place of a JSON object.
    return answer.length > 0 && answer[0] == '{'
        ? new Reply.Json(answer)
        : new Reply.Error(new String(answer, StandardCharsets.UTF_8), 0);
  }

  private int copyIn(byte[] utf8) {
    int pointer = (int) malloc.apply(utf8.length + 1)[0];
    if (pointer == 0) {
      throw new OutOfMemoryError(
          "the parser has no room for an input of " + utf8.length + " bytes");
    }
    memory.write(pointer, utf8);
    memory.writeByte(pointer + utf8.length, (byte) 0);
    return pointer;
  }

  /** Reads libpg_query's PgQueryError: message, function, file (pointers), line, cursor (numbers). */
  private Reply errorAt(int pointer) {
    return new Reply.Error(stringAt(memory.readInt(pointer)), memory.readInt(pointer + 16));
  }

  private String stringAt(int pointer) {
    return new String(bytesAt(pointer), StandardCharsets.UTF_8);
  }

  private byte[] bytesAt(int pointer) {
    if (pointer == 0) {
      return new byte[0];
    }
    int end = pointer;
    while (memory.read(end) != 0) {
      end++;
    }
    return memory.readBytes(pointer, end - pointer);
  }
}
