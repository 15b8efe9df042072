/**
 * A forge in this process, for tests and the demo. It keeps the rules of real ones, so that what it takes they take.
 */
package dev.plimsoll.forge.memory;
