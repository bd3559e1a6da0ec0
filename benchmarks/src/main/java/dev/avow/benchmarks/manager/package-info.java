/** Transaction managers under measurement, Avow and its peers, behind one interface. */
package dev.avow.benchmarks.manager;
