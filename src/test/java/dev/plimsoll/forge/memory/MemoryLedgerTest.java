package dev.plimsoll.forge.memory;

import dev.plimsoll.forge.PostedLedger;
import dev.plimsoll.forge.PostedLedgerContract;

class MemoryLedgerTest extends PostedLedgerContract {

  @Override
  protected PostedLedger ledger() {
    return new MemoryLedger();
  }
}
