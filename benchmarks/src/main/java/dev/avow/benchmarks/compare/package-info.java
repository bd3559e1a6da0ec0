/** Whether one result is worse than another, beyond the noise of both. */
package dev.avow.benchmarks.compare;
