/**
 * The engine's real log, recovery, participants and retries in a world of which every event is drawn from a seed: virtual
 * time, a network that loses, delays and repeats, processes that crash at any step, disks that tear, fail and fill up.
 * {@link dev.avow.simulator.Simulation} runs it; the same seed and settings give the same run, to the byte.
 */
package dev.avow.simulator;
