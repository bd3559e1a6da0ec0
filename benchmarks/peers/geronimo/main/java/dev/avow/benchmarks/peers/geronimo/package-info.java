/** Geronimo's transaction manager under measurement. */
package dev.avow.benchmarks.peers.geronimo;
