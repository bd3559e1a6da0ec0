/** A result at a glance: targets, charts and tables. */
package dev.avow.benchmarks.page;
