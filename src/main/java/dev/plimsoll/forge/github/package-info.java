/**
 * GitHub and GitHub Enterprise Server, as an app.
 *
 * <p>What the app does as itself (its name, its installations, their tokens, the manifest exchange) goes through kohsuke's github-api. Calls
 * on repositories go through {@link dev.plimsoll.forge.github.GitHubCalls}: the library sends a write again when the connection is cut,
 * fetches objects before it can act on them, and knows neither GraphQL nor comments on files.
 */
package dev.plimsoll.forge.github;
