package dev.avow.benchmarks.command;

import dev.avow.benchmarks.compare.Comparison;
import dev.avow.benchmarks.page.Page;
import dev.avow.benchmarks.result.Result;
import dev.avow.benchmarks.result.ResultFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code page}. */
@Command(
        name = "page",
        description = "Shows a result at a glance: targets, charts, tables; one HTML file that needs no other.",
        footer = {"", "Ends with 0, or with 2 if it was asked wrongly."},
        mixinStandardHelpOptions = true)
final class PageCommand implements Callable<Integer> {
    private static final double USUAL_LOSS = 0.2;

    /** As what. */
    enum Format {
        HTML,
        MARKDOWN
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "RESULT", description = "What run has written, or JMH in JSON.")
    private Path result = Path.of("");

    @Option(names = "--base", paramLabel = "BASE", description = "Compare with that one, too.")
    private Optional<Path> base = Optional.empty();

    @Option(names = "--format", description = "One of html, markdown (the tables, for a README).")
    private Format format = Format.HTML;

    @Option(names = "--output", paramLabel = "FILE", description = "Where it goes, instead of here.")
    private Optional<Path> output = Optional.empty();

    @Override
    public Integer call() {
        Result shown = ResultFile.read(result);
        Page page = new Page(shown, base.map(file -> new Comparison(ResultFile.read(file), shown, USUAL_LOSS)));
        Output.put(
                format == Format.HTML ? page.html() : page.markdown(),
                output,
                spec.commandLine().getOut());
        return Main.FINE;
    }
}
