/** {@code .plimsoll.yml}: read strictly, from the base branch alone. */
package dev.plimsoll.review.config;
