package dev.avow.simulator;

/**
 * A rule that a step broke.
 *
 * @param rule which
 * @param step the number of the event in its run
 * @param lane the process that took the step
 * @param transaction the transaction's name; empty if it concerns none
 * @param text what happened
 */
public record Violation(Rule rule, long step, String lane, String transaction, String text) {
    @Override
    public String toString() {
        String about = transaction.isEmpty() ? "" : " for " + transaction;
        return rule.specName() + " is broken" + about + " at step " + step + " by " + lane + ": " + text;
    }
}
