package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * How an errand ended.
 *
 * @param halted whether it was halted, or came to its end
 * @param number of the last point
 * @param name of the last point
 */
record Ended(boolean halted, int number, String name) {
    /** The last of this place's errands. */
    static Ended of(Place place) throws IOException {
        List<String> lines = Files.readAllLines(place.told());
        String[] words = lines.get(lines.size() - 1).split(" ", 3);
        return new Ended(words[0].equals("halted"), Integer.parseInt(words[1]), words[2]);
    }

    @Override
    public String toString() {
        return "point " + number + " (" + name + ")";
    }
}
