package dev.avow.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a test has measured, left where the report of the build finds it. */
public final class Figures {
    static final Path FOLDER = Path.of("target", "conformance");

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
            Files.writeString(FOLDER.resolve(name + ".figures"), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** All that the tests of this build have left, by name. */
    static Map<String, Map<String, String>> readAll() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            Map<String, Map<String, String>> all = new TreeMap<>();
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".figures")).toList()) {
                Map<String, String> values = new LinkedHashMap<>();
                for (String line : Files.readAllLines(file)) {
                    int equals = line.indexOf('=');
                    values.put(line.substring(0, equals), line.substring(equals + 1));
                }
                all.put(String.valueOf(file.getFileName()).replace(".figures", ""), values);
            }
            return all;
        } catch (IOException failure) {
            throw new UncheckedIOException("no figures: run the tests first", failure);
        }
    }
}
