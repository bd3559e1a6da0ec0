/** What is measured in a short run and in a full one, as data. */
package dev.avow.benchmarks.plan;
