/** What the disk and the threads allow, without any transaction logic: the limits beside which managers are measured. */
package dev.avow.benchmarks.disk;
