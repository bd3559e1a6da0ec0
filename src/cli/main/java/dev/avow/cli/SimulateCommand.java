package dev.avow.cli;

import dev.avow.cli.demo.Diagrams;
import dev.avow.cli.simulate.Findings;
import dev.avow.cli.simulate.Seeds;
import dev.avow.cli.simulate.Tally;
import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Progress;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Knob;
import dev.avow.simulator.Result;
import dev.avow.simulator.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code avow simulate}. */
@Command(
        name = "simulate",
        description = {
            "Runs Avow's own protocol, logs and recovery in simulated worlds and checks every rule after every step.",
            "One seed is one world; the same seed with the same options gives the same run. In each world some of the"
                    + " misfortunes below are rarer, or missing."
        },
        footer = {
            "",
            "Ends with 0 if every rule held, 1 if one was broken: then it prints the end of what happened and the command"
                    + " that repeats it, and draws it. 2 if asked wrongly."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class SimulateCommand implements Callable<Integer> {
    private final PrintWriter out;
    private Settings settings = Settings.usual();

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "1000", description = "How many worlds. Default: 1000.")
    private int seeds = 1_000;

    @Option(names = "--seed", paramLabel = "FIRST", defaultValue = "1", description = "The first seed. Default: 1.")
    private long first = 1;

    @Option(
            names = "--diagram",
            paramLabel = "FILE",
            description =
                    "Where to draw the transaction whose rule was broken (.svg or .html), or one of the first seed"
                            + " if none was. Default: avow-seed-N.html, if one was.")
    private Optional<Path> diagram = Optional.empty();

    @Option(
            names = "--progress",
            paramLabel = "STYLE",
            defaultValue = "auto",
            description = "How to show progress: bar, plain, none, or auto (a bar on a terminal).")
    private Progress.Style progress = Progress.Style.AUTO;

    @Option(names = "--flaw", hidden = true, defaultValue = "NONE")
    private Flaw flaw = Flaw.NONE;

    private SimulateCommand(PrintWriter out) {
        this.out = out;
    }

    /** With an option for each knob. */
    static CommandLine line(PrintWriter out) {
        SimulateCommand command = new SimulateCommand(out);
        CommandLine line = new CommandLine(command);
        for (Knob knob : Knob.values()) {
            line.getCommandSpec().addOption(command.option(knob, line));
        }
        return line;
    }

    private OptionSpec option(Knob knob, CommandLine line) {
        return OptionSpec.builder("--" + knob.word())
                .paramLabel("N")
                .type(Integer.class)
                .description("%s, %d to %,d. Default: %d."
                        .formatted(knob.meaning(), knob.least(), knob.most(), knob.usual())
                        .replace("%", "%%"))
                .setter(new ISetter() {
                    @Override
                    public <T> T set(T value) {
                        turn(knob, Optional.ofNullable((Integer) value), line);
                        return value;
                    }
                })
                .build();
    }

    private void turn(Knob knob, Optional<Integer> value, CommandLine line) {
        try {
            settings = value.isPresent() ? settings.with(knob, value.get()) : settings;
        } catch (IllegalArgumentException outOfRange) {
            throw new ParameterException(line, "--" + outOfRange.getMessage(), outOfRange);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seeds < 1) {
            throw Complaint.wrongInput("--seeds is " + seeds + ": use 1 or more");
        }
        if (first > Long.MAX_VALUE - (seeds - 1)) {
            throw Complaint.wrongInput("--seed is " + first + ", and the last of " + seeds
                    + " seeds from there is beyond the largest, " + Long.MAX_VALUE + ": use --seed "
                    + (Long.MAX_VALUE - (seeds - 1)) + " or less");
        }
        diagram.ifPresentOrElse(Diagrams::to, () -> Diagrams.requireWritable(Path.of("")));
        long beganNanos = System.nanoTime();
        Tally tally = run();
        if (tally.failure().isEmpty()) {
            tally.coverage().forEach(out::println);
        }
        out.println(tally.sentence((System.nanoTime() - beganNanos) / 1e9));
        return conclude(tally.failure());
    }

    private Tally run() throws InterruptedException {
        try (Progress shown = progress.start("seeds", seeds, out)) {
            return new Seeds(settings, first, seeds, flaw).run(shown);
        }
    }

    private int conclude(Optional<Result> failure) {
        if (failure.isEmpty()) {
            out.println("Every rule held after every step.");
            diagram.ifPresent(file -> Findings.of(settings, first, flaw).draw(file, out));
            return 0;
        }
        Result failed = failure.get();
        Findings findings = Findings.of(settings, failed.seed(), flaw);
        findings.report(failed.violation().orElseThrow(), out);
        findings.draw(diagram.orElseGet(() -> Path.of("avow-seed-" + failed.seed() + ".html")), out);
        return Complaint.FAILED;
    }
}
