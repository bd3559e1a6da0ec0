package dev.avow.protocol;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Leaves the figures of a comparison where the report of the build finds them. */
final class BisimulationFigures {
    private static final Path FOLDER = Path.of("target", "conformance");

    private BisimulationFigures() {}

    static void write(Instance instance, Bisimulation.Result result) {
        Properties figures = new Properties();
        figures.setProperty("codeStates", Long.toString(result.states()));
        figures.setProperty("specStates", Long.toString(result.specStates()));
        figures.setProperty("codeEdges", Long.toString(result.codeEdges()));
        figures.setProperty("specEdges", Long.toString(result.specEdges()));
        figures.setProperty("excuses", result.used().toString());
        figures.setProperty("same", Boolean.toString(result.difference().isEmpty()));
        String name = String.valueOf(instance.config().getFileName()).replace(".cfg", "");
        try {
            Files.createDirectories(FOLDER);
            StringWriter text = new StringWriter();
            figures.store(text, null);
            // Without the date that Properties adds: the same figures give the same file.
            Files.writeString(
                    FOLDER.resolve("bisimulation-" + name + ".properties"),
                    text.toString().replaceAll("(?m)^#.*\\R", ""));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
