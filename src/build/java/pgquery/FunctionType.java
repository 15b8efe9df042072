package pgquery;

import java.util.ArrayList;
import java.util.List;

/** Value types of a function's parameters and results. */
record FunctionType(List<Integer> parameters, List<Integer> results) {
  private static final int FUNCTION = 0x60;

  int stackEffect() {
    return results.size() - parameters.size();
  }

  static FunctionType read(ByteReader in) {
    if (in.octet() != FUNCTION) {
      throw new BuildStopped("the parser's wasm has a type that is not a function's");
    }
    return new FunctionType(readTypes(in), readTypes(in));
  }

  private static List<Integer> readTypes(ByteReader in) {
    List<Integer> types = new ArrayList<>();
    for (int count = in.unsigned(); count > 0; count--) {
      types.add(in.octet());
    }
    return types;
  }

  void write(ByteWriter out) {
    out.octet(FUNCTION);
    writeTypes(parameters, out);
    writeTypes(results, out);
  }

  private static void writeTypes(List<Integer> types, ByteWriter out) {
    out.unsigned(types.size());
    types.forEach(out::octet);
  }
}
