/**
 * GitHub, GitLab and their like: loading a change request, and bringing what stands on it in line with a review.
 */
package dev.plimsoll.forge;
