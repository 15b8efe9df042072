/**
 * GitLab, gitlab.com or a server of one's own: its REST API through OkHttp and Jackson records, and its webhooks.
 */
package dev.plimsoll.forge.gitlab;
