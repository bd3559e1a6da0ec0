package dev.avow.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What TLC has left of each model of the table in this build, for people. */
public final class ModelReport {
    private ModelReport() {}

    public static List<String> columns() {
        return List.of("model", "what the table says", "what TLC said", "distinct states", "depth");
    }

    /**
     * A row for each model of the table.
     *
     * @param spec the folder of MODELS.md
     * @param models where TLC has left a folder for each model
     * @param notBefore logs that are older are of an earlier build
     */
    public static List<List<String>> rows(Path spec, Path models, Instant notBefore) {
        return ModelTable.read(spec).models().stream()
                .map(model -> row(model, models.resolve(model.directoryName()).resolve("tlc.log"), notBefore))
                .toList();
    }

    private static List<String> row(Model model, Path log, Instant notBefore) {
        String expected =
                model.verdict() + model.violated().map(name -> " " + name).orElse("");
        try {
            if (!Files.exists(log) || Files.getLastModifiedTime(log).toInstant().isBefore(notBefore)) {
                return List.of(model.config(), expected, "not run", "-", "-");
            }
            // The exit code is gone, and was compared when TLC ran.
            TlcResult result = TlcResult.parse(0, Files.readString(log));
            return List.of(
                    model.config(),
                    expected,
                    said(result),
                    Model.describe(result.distinct()),
                    Model.describe(result.depth()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String said(TlcResult result) {
        Optional<Verdict> verdict = Verdict.said(
                TlcMessage.parse(result.output()).stream().map(TlcMessage::code).toList());
        return verdict.map(Verdict::toString).orElse("no verdict")
                + result.reported().map(name -> " " + name).orElse("");
    }
}
