package dev.avow.engine.run;

import dev.avow.engine.HeuristicRecord;
import java.util.Optional;

/** What people read, in lists and in the log. */
final class Words {
    private static final int MOST_CHARACTERS = 300;

    private Words() {}

    /** Never in the middle of a character that takes two places. */
    private static int end(String words) {
        return Character.isHighSurrogate(words.charAt(MOST_CHARACTERS - 1)) ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
    }

    /** For the log, when it is found and at each start until a person has settled it. (HeuristicReported) */
    static String of(HeuristicRecord record) {
        return record.name() + " (" + record.id() + ") has ended in contradiction: \"" + record.participant()
                + "\" decided " + record.decided() + " alone, the decision was " + record.decision()
                + ". A person must settle it: see avow resolve, or Avow.settle";
    }

    /** A failure's: one line, not without end. */
    static String of(Throwable failure) {
        String words = Optional.ofNullable(failure.getMessage())
                .filter(message -> !message.isBlank())
                .orElseGet(() -> failure.getClass().getSimpleName())
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return words.length() <= MOST_CHARACTERS ? words : words.substring(0, end(words)) + "...";
    }
}
