/** The engine's own API under measurement, without XA and Jakarta Transactions. */
package dev.avow.benchmarks.engine;
