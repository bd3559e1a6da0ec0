/** Atomikos under measurement. */
package dev.avow.benchmarks.peers.atomikos;
