/** Two real databases, through Avow and by hand. */
package dev.avow.benchmarks.database;
