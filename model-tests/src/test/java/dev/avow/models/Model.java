package dev.avow.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One row of MODELS.md: a configuration and how TLC must judge it.
 *
 * @param config path of the .cfg, relative to spec/
 * @param module name of the module to run; its .tla stands beside the .cfg or in spec/
 * @param violated the property that TLC must find broken
 * @param distinct the distinct states; empty where TLC stops before it counts
 * @param depth the depth of the search; empty where TLC stops before it searches
 * @param neverTaken the actions that this model's constants switch off; {@code *} stands for any part of a name
 */
record Model(
        String config,
        String module,
        Verdict verdict,
        Optional<String> violated,
        OptionalLong distinct,
        OptionalInt depth,
        Set<String> neverTaken) {

    Model {
        if (verdict.namesWhatIsViolated() != violated.isPresent()) {
            throw new IllegalArgumentException(config + ": verdict \"" + verdict + "\" "
                    + (violated.isPresent()
                            ? "has no violated property: write -"
                            : "needs the violated property's name"));
        }
        if (verdict != Verdict.HOLDS && !neverTaken.isEmpty()) {
            throw new IllegalArgumentException(
                    config + ": only a model that holds runs to its end and may list actions never taken: write -");
        }
        neverTaken = Set.copyOf(neverTaken);
    }

    Path configFile(Path spec) {
        return spec.resolve(config);
    }

    Path moduleFile(Path spec) {
        Path beside = configFile(spec).resolveSibling(module + ".tla");
        return Files.exists(beside) ? beside : spec.resolve(module + ".tla");
    }

    /** Whether the row lists the action as never taken. */
    boolean mayRest(String action) {
        return neverTaken.stream().anyMatch(listed -> matches(listed, action));
    }

    static boolean matches(String listed, String action) {
        return action.matches(listed.replace("*", "\\w*"));
    }

    /** The states to expect: a model that was never measured and runs to its end may have many. */
    long expectedSize() {
        long measured = distinct.orElse(0);
        return measured == 0 && verdict == Verdict.HOLDS ? Long.MAX_VALUE : measured;
    }

    /** A name for this model's own working directory. */
    String directoryName() {
        return config.replace(".cfg", "").replace('/', '-');
    }

    @Override
    public String toString() {
        return config + ": " + verdict + violated.map(name -> " " + name).orElse("");
    }

    static String describe(OptionalLong number) {
        return number.isPresent() ? String.format("%,d", number.getAsLong()) : "-";
    }

    static String describe(OptionalInt number) {
        return number.isPresent() ? String.format("%,d", number.getAsInt()) : "-";
    }
}
