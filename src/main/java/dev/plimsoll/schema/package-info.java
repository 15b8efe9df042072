/** The tables as they are at a point of a deployment, and what statements make of them. */
package dev.plimsoll.schema;
