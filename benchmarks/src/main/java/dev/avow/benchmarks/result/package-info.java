/** JMH's results as files: read, merged, and what machine they are from. */
package dev.avow.benchmarks.result;
