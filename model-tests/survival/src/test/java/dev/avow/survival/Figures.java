package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What was tried and found, over all tests of this process; for the build's report. */
final class Figures {
    enum Figure {
        POINTS("points"),
        HALTS("halts"),
        RECOVERY_HALTS("recoveryHalts"),
        SIGKILLS("sigkills"),
        SERVER_KILLS("serverKills"),
        SIMULATED("simulatedTransactions"),
        ACKNOWLEDGED("acknowledged"),
        LOST("lost"),
        WRONG("wrong"),
        IN_DOUBT("inDoubt");

        private final String key;

        Figure(String key) {
            this.key = key;
        }
    }

    private static final Map<Figure, Long> COUNTS = new EnumMap<>(Figure.class);

    private Figures() {}

    static synchronized void add(Figure figure, long more) {
        COUNTS.merge(figure, more, Long::sum);
    }

    static void audited(Findings findings) {
        add(Figure.ACKNOWLEDGED, findings.acknowledged());
        add(Figure.LOST, findings.lost().size());
        add(Figure.WRONG, findings.wrong().size());
        add(Figure.IN_DOUBT, findings.inDoubt().size());
    }

    /** To be called at the end of each test class: the last one leaves the sum. */
    static synchronized void write() throws IOException {
        String text = Arrays.stream(Figure.values())
                .map(figure -> figure.key + "=" + COUNTS.getOrDefault(figure, 0L) + "\n")
                .collect(Collectors.joining());
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "survival.figures"), text);
    }
}
