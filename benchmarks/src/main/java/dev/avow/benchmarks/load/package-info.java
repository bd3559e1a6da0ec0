/** Transactions that arrive at a given rate, however long the manager takes for those before. */
package dev.avow.benchmarks.load;
