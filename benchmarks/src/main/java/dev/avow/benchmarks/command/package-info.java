/** The command of the benchmarks' jar. */
package dev.avow.benchmarks.command;
