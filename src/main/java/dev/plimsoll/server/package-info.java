/** The server: from an event to what stands on a change request. */
package dev.plimsoll.server;
