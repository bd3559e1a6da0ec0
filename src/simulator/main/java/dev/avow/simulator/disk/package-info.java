/** Disks in memory that lose power, tear writes, fail, fill up, lie and lose sectors. */
package dev.avow.simulator.disk;
