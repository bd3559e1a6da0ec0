/** The world: its time, its network, its nodes, and the judge who compares what they do with the rules. */
package dev.avow.simulator.world;
