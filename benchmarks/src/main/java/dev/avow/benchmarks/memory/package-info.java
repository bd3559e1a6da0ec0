/** What memory and processor allow: a limit for managers that write nothing. */
package dev.avow.benchmarks.memory;
