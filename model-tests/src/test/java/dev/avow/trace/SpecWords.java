package dev.avow.trace;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The specification's spelling of Java's constants. */
final class SpecWords {
    private SpecWords() {}

    /** {@code READ_ONLY} becomes {@code readOnly}. */
    static String camel(String constant) {
        String[] words = constant.toLowerCase(Locale.ROOT).split("_", -1);
        return words[0]
                + IntStream.range(1, words.length)
                        .mapToObj(word -> Character.toUpperCase(words[word].charAt(0)) + words[word].substring(1))
                        .collect(Collectors.joining());
    }
}
