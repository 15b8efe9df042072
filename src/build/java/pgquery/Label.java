package pgquery;

/** Where control can go. */
sealed interface Label {

  /** The end of a block, or the beginning of a loop. */
  sealed interface OfBlock extends Label permits Instruction.Block {}

  /** The end of a function, reached by a branch out of its outermost block. */
  final class FunctionEnd implements Label {}

  /** Out of the function by {@code return}. */
  enum Return implements Label {
    RETURN
  }
}
