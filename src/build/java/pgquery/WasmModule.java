package pgquery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A WebAssembly module to which functions and global variables can be added. What was there keeps its index.
 */
final class WasmModule {
  private static final int HEADER = 8;
  private static final int CUSTOM_SECTION = 0;
  private static final int TYPE_SECTION = 1;
  private static final int IMPORT_SECTION = 2;
  private static final int FUNCTION_SECTION = 3;
  private static final int GLOBAL_SECTION = 6;
  private static final int CODE_SECTION = 10;

  private final byte[] header;

  /** Sections by number, in their order in the file; those that custom tools leave are dropped. */
  private final Map<Integer, byte[]> sections = new LinkedHashMap<>();

  private final List<FunctionType> types = new ArrayList<>();

  /** For every function, imported ones first, the index of its type. */
  private final List<Integer> functionTypes = new ArrayList<>();

  private final int importedFunctions;

  /** The code of every function that is not imported, then of those that were added. */
  private final List<byte[]> code = new ArrayList<>();

  private final List<WasmFunction> added = new ArrayList<>();
  private final int originalGlobals;
  private final byte[] originalGlobalSection;
  private final List<Integer> addedGlobals = new ArrayList<>();

  WasmModule(byte[] wasm) {
    ByteReader in = new ByteReader(wasm);
    header = in.octets(HEADER);
    while (!in.isAtEnd()) {
      int section = in.octet();
      byte[] content = in.octets(in.unsigned());
      if (section != CUSTOM_SECTION) {
        sections.put(section, content);
      }
    }
    readTypes(section(TYPE_SECTION));
    readImports(section(IMPORT_SECTION));
    importedFunctions = functionTypes.size();
    readFunctions(section(FUNCTION_SECTION));
    ByteReader globals = section(GLOBAL_SECTION);
    originalGlobals = globals.unsigned();
    originalGlobalSection = globals.rest();
    readCode(section(CODE_SECTION));
  }

  private ByteReader section(int number) {
    return new ByteReader(sections.get(number));
  }

  private void readTypes(ByteReader in) {
    for (int count = in.unsigned(); count > 0; count--) {
      types.add(FunctionType.read(in));
    }
  }

  private void readImports(ByteReader in) {
    for (int count = in.unsigned(); count > 0; count--) {
      in.skip(in.unsigned()); // the module's name
      in.skip(in.unsigned()); // the import's name
      if (in.octet() != 0) {
        throw new BuildStopped("the parser's wasm imports something else than functions");
      }
      functionTypes.add(in.unsigned());
    }
  }

  private void readFunctions(ByteReader in) {
    for (int count = in.unsigned(); count > 0; count--) {
      functionTypes.add(in.unsigned());
    }
  }

  private void readCode(ByteReader in) {
    for (int count = in.unsigned(); count > 0; count--) {
      code.add(in.octets(in.unsigned()));
    }
  }

  // ---- What is there

  /** How many functions have code; they are numbered from 0 here. */
  int functionsWithCode() {
    return code.size();
  }

  int sizeOfCode(int function) {
    return code.get(function).length;
  }

  WasmFunction read(int function) {
    int typeIndex = functionTypes.get(importedFunctions + function);
    WasmFunction read = new WasmFunction(types.get(typeIndex), typeIndex);
    FunctionReader.readInto(read, code.get(function), this);
    return read;
  }

  void replace(int function, WasmFunction by) {
    code.set(function, FunctionWriter.code(by));
  }

  FunctionType type(int index) {
    return types.get(index);
  }

  FunctionType typeOfFunction(int index) {
    return types.get(functionTypes.get(index));
  }

  // ---- What is added

  /** A function without code that is not yet part of the module. */
  WasmFunction newFunction(List<Integer> parameters, List<Integer> results) {
    FunctionType type = new FunctionType(parameters, results);
    if (!types.contains(type)) {
      types.add(type);
    }
    return new WasmFunction(type, types.indexOf(type));
  }

  /** Makes a function part of the module; returns the call of it. */
  Instruction add(WasmFunction function) {
    functionTypes.add(function.typeIndex());
    added.add(function);
    int index = functionTypes.size() - 1;
    byte[] call = new ByteWriter().octet(Opcode.CALL).unsigned(index).toBytes();
    return new Instruction.Plain(call, function.type().stackEffect(), false);
  }

  /** Adds a global variable of this type, 0 at first, and returns its index. */
  int addGlobal(int valueType) {
    addedGlobals.add(valueType);
    return originalGlobals + addedGlobals.size() - 1;
  }

  // ---- How it is written

  byte[] toBytes() {
    added.forEach(function -> code.add(FunctionWriter.code(function)));
    added.clear();
    ByteWriter out = new ByteWriter().octets(header);
    sections.forEach((number, original) -> out.octet(number)
        .sized(
            switch (number) {
              case TYPE_SECTION -> typeSection();
              case FUNCTION_SECTION -> functionSection();
              case GLOBAL_SECTION -> globalSection();
              case CODE_SECTION -> codeSection();
              default -> original;
            }));
    return out.toBytes();
  }

  private byte[] typeSection() {
    ByteWriter out = new ByteWriter().unsigned(types.size());
    types.forEach(type -> type.write(out));
    return out.toBytes();
  }

  private byte[] functionSection() {
    List<Integer> withCode = functionTypes.subList(importedFunctions, functionTypes.size());
    ByteWriter out = new ByteWriter().unsigned(withCode.size());
    withCode.forEach(out::unsigned);
    return out.toBytes();
  }

  private byte[] globalSection() {
    ByteWriter out = new ByteWriter()
        .unsigned(originalGlobals + addedGlobals.size())
        .octets(originalGlobalSection);
    for (int valueType : addedGlobals) {
      out.octet(valueType).octet(1); // 1: it can be changed
      switch (valueType) {
        case ValueType.I32 -> out.octet(Opcode.I32_CONST).octet(0);
        case ValueType.I64 -> out.octet(Opcode.I64_CONST).octet(0);
        case ValueType.F32 -> out.octet(Opcode.F32_CONST).octets(new byte[4]);
        default -> out.octet(Opcode.F64_CONST).octets(new byte[8]);
      }
      out.octet(Opcode.END);
    }
    return out.toBytes();
  }

  private byte[] codeSection() {
    ByteWriter out = new ByteWriter().unsigned(code.size());
    code.forEach(out::sized);
    return out.toBytes();
  }
}
