package dev.avow.models;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** How TLC may end a model, under the word that MODELS.md has for it. */
enum Verdict {
    HOLDS("holds", 0, 2193),
    ASSUMPTION("assumption", 10, 2104),
    DEADLOCK("deadlock", 11, 2114),
    INVARIANT("invariant", 12, 2110, 2107),
    ACTION_PROPERTY("action property", 13, 2112, 2108),
    TEMPORAL("temporal", 13, 2116);

    private final String word;
    private final int exitCode;
    private final int messageCode;
    private final int firstStateCode;

    Verdict(String word, int exitCode, int messageCode) {
        this(word, exitCode, messageCode, messageCode);
    }

    /**
     * @param firstStateCode the message's code where the first state of a behaviour is the culprit
     */
    Verdict(String word, int exitCode, int messageCode, int firstStateCode) {
        this.word = word;
        this.exitCode = exitCode;
        this.messageCode = messageCode;
        this.firstStateCode = firstStateCode;
    }

    /** Whether TLC breaks something that the configuration names, so that the table must name it too. */
    boolean namesWhatIsViolated() {
        return this == INVARIANT || this == ACTION_PROPERTY || this == TEMPORAL;
    }

    /** Whether TLC must show how it got there; a false assumption involves no state. */
    boolean hasCounterexample() {
        return this != HOLDS && this != ASSUMPTION;
    }

    /** Both the exit code and a message have to agree: a typo, too, ends with an exit code other than 0. */
    static Optional<Verdict> of(int exitCode, Collection<Integer> messageCodes) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.exitCode == exitCode
                        && (messageCodes.contains(verdict.messageCode)
                                || messageCodes.contains(verdict.firstStateCode)))
                .findFirst();
    }

    /** By its messages alone: for people, where the exit code is gone. */
    static Optional<Verdict> said(Collection<Integer> messageCodes) {
        return Arrays.stream(values())
                .filter(verdict ->
                        messageCodes.contains(verdict.messageCode) || messageCodes.contains(verdict.firstStateCode))
                .findFirst();
    }

    static Optional<Verdict> ofWord(String word) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.word.equals(word))
                .findFirst();
    }

    @Override
    public String toString() {
        return word;
    }
}
