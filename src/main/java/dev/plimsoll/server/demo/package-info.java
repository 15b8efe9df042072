/** {@code plimsoll demo}: a forge with a web page of its own, in one process with the real server, which knows it by its webhooks only. */
package dev.plimsoll.server.demo;
