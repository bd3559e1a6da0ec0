/** Bitronix and its fork under measurement. */
package dev.avow.benchmarks.peers.bitronix;
