/** What PostgreSQL 12 to 18 does. Each claim is proved on servers of those versions by the conformance tests. */
package dev.plimsoll.impact.postgres;
