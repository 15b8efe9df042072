/** Slash commands: found in comments, checked for permission, run, and what people decided by them. */
package dev.plimsoll.command;
