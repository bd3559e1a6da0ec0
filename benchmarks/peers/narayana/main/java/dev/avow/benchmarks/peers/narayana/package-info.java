/** Narayana under measurement. */
package dev.avow.benchmarks.peers.narayana;
