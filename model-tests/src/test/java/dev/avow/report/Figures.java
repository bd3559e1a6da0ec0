package dev.avow.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a test has measured, left where the report of the build finds it. */
public final class Figures {
    static final Path FOLDER = Path.of("target", "conformance");

    private static final String ENDING = ".figures";

    private final String name;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private Figures(String name) {
        this.name = name;
    }

    /** Figures of this name: one file each. */
    public static Figures of(String name) {
        return new Figures(name);
    }

    public Figures with(String figure, Object value) {
        values.put(figure, value);
        return this;
    }

    public void write() {
        String text = values.entrySet().stream()
                .map(figure -> figure.getKey() + "=" + figure.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name + ENDING), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * All that the tests of this build have left, by name.
     *
     * @param folders where tests leave figures
     * @param notBefore files that are older are of an earlier build and don't count
     */
    static Map<String, Map<String, String>> readAll(List<Path> folders, Instant notBefore) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(ENDING)).toList()) {
                    if (!Files.getLastModifiedTime(file).toInstant().isBefore(notBefore)) {
                        all.put(String.valueOf(file.getFileName()).replace(ENDING, ""), read(file));
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException("no figures in " + folder + ": run the tests first", failure);
            }
        }
        return all;
    }

    private static Map<String, String> read(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            values.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return values;
    }
}
