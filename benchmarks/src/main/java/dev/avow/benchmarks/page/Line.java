package dev.avow.benchmarks.page;

import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One line of a chart: what it is of, and its points. */
record Line(String name, Kind kind, SortedMap<Double, Double> points) {
    /** How it is drawn. */
    enum Kind {
        AVOW,
        PEER,
        LIMIT
    }

    private static final Color OF_AVOW = new Color(0xe8590c);
    private static final Color OF_LIMITS = new Color(0x8a929c);

    /** Apart from each other, from Avow's and from the limits', on light and dark grounds. */
    private static final List<Color> OTHERS = List.of(
            new Color(0x1c7ed6),
            new Color(0x2f9e44),
            new Color(0xae3ec9),
            new Color(0x0c8599),
            new Color(0xd6336c),
            new Color(0x7048e8),
            new Color(0x9c6f19));

    /** The same for all settings of one product that are never in one chart. */
    private static final Map<String, Integer> COLOURS = Map.ofEntries(
            Map.entry("narayana-journal", 0),
            Map.entry("narayana-volatile", 0),
            Map.entry("geronimo-howl", 1),
            Map.entry("geronimo-volatile", 1),
            Map.entry("bitronix", 2),
            Map.entry("bitronix-volatile", 2),
            Map.entry("atomikos", 3),
            Map.entry("atomikos-volatile", 3),
            Map.entry("bitronix-fork", 4),
            Map.entry("narayana-slots", 5),
            Map.entry("narayana-file", 6));

    Line {
        points = new TreeMap<>(points);
    }

    static Color colour(String name, Kind kind) {
        return switch (kind) {
            case AVOW -> OF_AVOW;
            case LIMIT -> OF_LIMITS;
            case PEER -> OTHERS.get(COLOURS.getOrDefault(name, Math.floorMod(name.hashCode(), OTHERS.size())));
        };
    }

    Color colour() {
        return colour(name, kind);
    }
}
