package dev.avow.cli.terminal;

import java.time.Duration;

/** How long something takes, as a person says it. */
public final class Ages {
    private Ages() {}

    /** "3 s", "12 min", "5 h", "3 d": one unit, rounded down; nothing is negative. */
    public static String of(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 120 * 60) {
            return seconds / 60 + " min";
        }
        return seconds < 48 * 3_600 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }
}
