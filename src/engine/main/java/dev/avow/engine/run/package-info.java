/**
 * Carries the protocol out: threads, timers, the log, recovery. It decides nothing: each decision is a step of
 * {@link dev.avow.protocol.Coordinator}.
 *
 * <pre>
 * Engine          what is running, and who takes part
 * TransactionRun  one transaction while the application works and while it is being decided
 * Telling         one decision on its way to the participants, until each has heard it
 * Recovery        when to try again, and who is in doubt without a decision
 * Workers         the threads in which participants are called
 * </pre>
 */
package dev.avow.engine.run;
