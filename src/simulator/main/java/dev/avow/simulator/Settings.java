package dev.avow.simulator;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a simulated world is made. Its text, {@code participants=3,crashes=40,...}, parses back, so that one command repeats
 * a run. Immutable.
 */
public final class Settings {
    private static final Settings USUAL = new Settings(new EnumMap<>(Knob.class));

    private final EnumMap<Knob, Integer> turned;

    private Settings(EnumMap<Knob, Integer> turned) {
        this.turned = turned;
    }

    /** Every knob as usual. */
    public static Settings usual() {
        return USUAL;
    }

    /**
     * With this knob turned.
     *
     * @throws IllegalArgumentException if the value is out of the knob's range
     */
    public Settings with(Knob knob, int value) {
        if (value < knob.least() || value > knob.most()) {
            throw new IllegalArgumentException(
                    knob.word() + " is " + value + ": use " + knob.least() + " to " + knob.most());
        }
        EnumMap<Knob, Integer> more = new EnumMap<>(turned);
        more.put(knob, value);
        return new Settings(more);
    }

    public int get(Knob knob) {
        return turned.getOrDefault(knob, knob.usual());
    }

    /**
     * The inverse of {@link #toString()}; knobs that aren't named stand as usual.
     *
     * @throws IllegalArgumentException if it can't be read, or a value is out of its range
     */
    public static Settings parse(String text) {
        Settings settings = USUAL;
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String word = equals < 0 ? part.strip() : part.substring(0, equals).strip();
            Knob knob = Knob.of(word)
                    .orElseThrow(() -> new IllegalArgumentException("there is no setting \"" + word + "\": use "
                            + Arrays.stream(Knob.values()).map(Knob::word).collect(Collectors.joining(", "))));
            settings = settings.with(knob, number(word, equals < 0 ? "" : part.substring(equals + 1)));
        }
        return settings;
    }

    private static int number(String word, String value) {
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the setting " + word + " is \"" + value + "\": write it like " + word + "=3", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && values().equals(settings.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    private Map<Knob, Integer> values() {
        return Arrays.stream(Knob.values()).collect(Collectors.toMap(knob -> knob, this::get));
    }

    @Override
    public String toString() {
        return Arrays.stream(Knob.values())
                .map(knob -> knob.word() + "=" + get(knob))
                .collect(Collectors.joining(","));
    }
}
