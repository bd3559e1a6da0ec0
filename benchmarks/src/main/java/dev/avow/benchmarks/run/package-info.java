/** Measures a plan, each cell in processes of its own. */
package dev.avow.benchmarks.run;
