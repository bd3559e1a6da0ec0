/**
 * Races of the engine's real classes, each with the table of its allowed results; what isn't in the table is forbidden.
 * The suspend of a transaction has no race here, since it isn't built yet: it comes with the JTA edge (issue 5), and its
 * race against commit, abort and timeout belongs into this package then.
 */
package dev.avow.threads;
