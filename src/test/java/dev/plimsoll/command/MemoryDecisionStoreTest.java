package dev.plimsoll.command;

class MemoryDecisionStoreTest extends DecisionStoreContract {

  @Override
  protected DecisionStore store() {
    return new MemoryDecisionStore();
  }
}
