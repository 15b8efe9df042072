/** Rules: what a reviewer says about a deployment, judged by what it does to production's tables. */
package dev.plimsoll.rules;
