package pgquery;

import java.util.ArrayList;
import java.util.List;

/** A function whose instructions can be changed. */
final class WasmFunction {
  private final FunctionType type;
  private final int typeIndex;
  private final List<Integer> locals = new ArrayList<>();
  private final Label end = new Label.FunctionEnd();
  private List<Instruction> body = new ArrayList<>();

  WasmFunction(FunctionType type, int typeIndex) {
    this.type = type;
    this.typeIndex = typeIndex;
  }

  FunctionType type() {
    return type;
  }

  int typeIndex() {
    return typeIndex;
  }

  /** The label that a branch out of all blocks leads to. */
  Label end() {
    return end;
  }

  List<Instruction> body() {
    return body;
  }

  void setBody(List<Instruction> newBody) {
    body = newBody;
  }

  /** Adds a local variable of this type and returns its index. */
  int addLocal(int valueType) {
    locals.add(valueType);
    return type.parameters().size() + locals.size() - 1;
  }

  /** The value type of a parameter or other local variable. */
  int typeOfLocal(int index) {
    int parameters = type.parameters().size();
    return index < parameters ? type.parameters().get(index) : locals.get(index - parameters);
  }

  List<Integer> locals() {
    return locals;
  }
}
