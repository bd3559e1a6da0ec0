package dev.avow.benchmarks.command;

import dev.avow.benchmarks.compare.Comparison;
import dev.avow.benchmarks.compare.ComparisonReport;
import dev.avow.benchmarks.result.ResultFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code compare}. */
@Command(
        name = "compare",
        description = "Compares two results of JMH in JSON, each benchmark as a share of its limit in the same result.",
        footer = {
            "",
            "Ends with 0 if nothing is lost, 1 if something is or is missing, 2 if it was asked wrongly, 3 if speed"
                    + " couldn't be judged, since they are of different machines."
        },
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    private static final double PERCENT = 100;

    /** How it is shown. */
    enum Format {
        TEXT,
        MARKDOWN,
        HTML
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "BASE", description = "What it was, such as benchmarks/baseline.json.")
    private Path base = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "What it is.")
    private Path now = Path.of("");

    @Option(names = "--format", description = "One of text, markdown, html.")
    private Format format = Format.TEXT;

    @Option(names = "--output", paramLabel = "FILE", description = "Where it goes, instead of here.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--loss",
            paramLabel = "PERCENT",
            description = "Which loss fails, if it is beyond the noise (${DEFAULT-VALUE}).")
    private double loss = 20;

    @Override
    public Integer call() {
        Comparison comparison = new Comparison(ResultFile.read(base), ResultFile.read(now), loss / PERCENT);
        ComparisonReport report = new ComparisonReport(comparison);
        String shown = switch (format) {
            case TEXT -> report.text();
            case MARKDOWN -> report.markdown();
            case HTML -> report.html();
        };
        PrintWriter out = spec.commandLine().getOut();
        Output.put(shown, output, out);
        if (!comparison.isFine()) {
            return Main.LOST;
        }
        return comparison.isOfDifferentMachines() ? Main.NOT_JUDGED : Main.FINE;
    }
}
