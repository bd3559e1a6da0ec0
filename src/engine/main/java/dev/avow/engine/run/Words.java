package dev.avow.engine.run;

import java.util.Optional;

/** What a failure says, for a list that people read. */
final class Words {
    private static final int MOST_CHARACTERS = 300;

    private Words() {}

    /** Never in the middle of a character that takes two places. */
    private static int end(String words) {
        return Character.isHighSurrogate(words.charAt(MOST_CHARACTERS - 1)) ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
    }

    /** One line, not without end. */
    static String of(Throwable failure) {
        String words = Optional.ofNullable(failure.getMessage())
                .filter(message -> !message.isBlank())
                .orElseGet(() -> failure.getClass().getSimpleName())
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return words.length() <= MOST_CHARACTERS ? words : words.substring(0, end(words)) + "...";
    }
}
