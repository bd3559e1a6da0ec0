/**
 * The commit protocol as pure functions over immutable state: the twin of spec/TwoPhaseCommit.tla.
 *
 * <p>{@link dev.avow.protocol.Coordinator} and {@link dev.avow.protocol.Participant} are the states of the two sides of
 * one transaction. A {@linkplain dev.avow.protocol.CoordinatorStep coordinator step} or a
 * {@linkplain dev.avow.protocol.ParticipantStep participant step} carries the name of the specification's action, is
 * allowed exactly when that action is enabled, and yields the next state and the {@linkplain dev.avow.protocol.Effect
 * effects} to carry out, in their order, before the next step.
 *
 * <p>Nothing here reads a clock, starts a thread, writes a file or draws a random number. All types are immutable and safe
 * for use by several threads. A branch, one participant's part of the transaction, is known by its number from 0.
 */
package dev.avow.protocol;
