package dev.avow.benchmarks.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The managers that are measured: what they are called, and whose class path they need. */
public final class Peers {
    public static final String AVOW = "avow";
    /** As it is for whoever sets nothing. */
    public static final String AVOW_DEFAULT = "avow-default";

    public static final String AVOW_VOLATILE = "avow-volatile";

    static final List<String> DURABLE = List.of(
            "narayana-file",
            "narayana-journal",
            "narayana-slots",
            "atomikos",
            "bitronix",
            "bitronix-fork",
            "geronimo-howl");

    static final List<String> VOLATILE =
            List.of("narayana-volatile", "geronimo-volatile", "bitronix-volatile", "atomikos-volatile");

    /** Several times behind the best in every run so far: one round shows that, and the others have the time. */
    private static final Set<String> FAR_BEHIND =
            Set.of("narayana-file", "atomikos", "bitronix-volatile", "atomikos-volatile");

    /** By the folder below benchmarks/peers. */
    private static final Map<String, List<String>> FOLDERS = Map.of(
            "narayana", List.of("narayana-file", "narayana-journal", "narayana-slots", "narayana-volatile"),
            "atomikos", List.of("atomikos", "atomikos-volatile"),
            "bitronix", List.of("bitronix", "bitronix-volatile"),
            "bitronix-fork", List.of("bitronix-fork"),
            "geronimo", List.of("geronimo-howl", "geronimo-volatile"));

    private Peers() {}

    static boolean isFarBehind(String manager) {
        return FAR_BEHIND.contains(manager);
    }

    /** Empty for Avow, which is in the benchmarks' jar. */
    static Optional<String> folderOf(String manager) {
        return FOLDERS.entrySet().stream()
                .filter(each -> each.getValue().contains(manager))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
