/**
 * Races of the engine's real classes, each with the table of its allowed results; what isn't in the table is forbidden.
 */
package dev.avow.threads;
