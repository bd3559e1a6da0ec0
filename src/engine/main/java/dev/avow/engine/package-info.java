/** The public API: opens a decision log and runs transactions on it. */
package dev.avow.engine;
