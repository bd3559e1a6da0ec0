/** What the races share: a disk in memory, a meeting of two threads, participants that remember. */
package dev.avow.threads.world;
