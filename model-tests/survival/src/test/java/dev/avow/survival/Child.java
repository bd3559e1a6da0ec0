package dev.avow.survival;

import java.util.Arrays;
import java.util.List;

/** A process that does its errands one after the other, until one of them ends it. */
final class Child {
    public static void main(String[] arguments) throws Exception {
        List<String> words = Arrays.asList(arguments);
        for (int next = 0; next < words.size(); next += Errand.WORDS) {
            Errand.of(words.subList(next, next + Errand.WORDS)).run();
        }
    }

    private Child() {}
}
