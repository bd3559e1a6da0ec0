package dev.avow.cli.simulate;

import dev.avow.cli.diagram.DiagramFile;
import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Complaints;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Settings;
import dev.avow.simulator.Simulation;
import dev.avow.simulator.Trace;
import dev.avow.simulator.TraceEntry;
import dev.avow.simulator.Violation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Shows a person what one seed did. */
public final class Findings {
    private static final int LAST_LINES = 20;

    private final Trace trace;
    private final Flaw flaw;

    private Findings(Trace trace, Flaw flaw) {
        this.trace = trace;
        this.flaw = flaw;
    }

    /** Runs the seed once more, and takes everything down. */
    public static Findings of(Settings settings, long seed, Flaw flaw) {
        return new Findings(Simulation.trace(settings, seed, flaw), flaw);
    }

    /** The rule, the end of the transcript, and the command that repeats it. */
    public void report(Violation violation, PrintWriter out) {
        out.println("Seed " + trace.result().seed() + ": " + violation);
        out.println("  " + violation.rule().specName() + ": " + violation.rule().sentence());
        List<TraceEntry> about =
                violation.transaction().isEmpty() ? trace.entries() : trace.about(violation.transaction(), LAST_LINES);
        about.subList(Math.max(0, about.size() - LAST_LINES), about.size()).forEach(out::println);
        out.println("Repeat it: " + command());
    }

    /** Draws the transaction whose rule was broken, else the one of which there is most to see. */
    public void draw(Path file, PrintWriter out) {
        String transaction = trace.result()
                .violation()
                .map(Violation::transaction)
                .filter(name -> !name.isEmpty())
                .orElseGet(() -> TraceDiagram.busiest(trace));
        try {
            DiagramFile.write(file, TraceDiagram.of(trace, transaction));
        } catch (IOException failure) {
            throw Complaint.failed(
                    "the diagram " + file + " can't be written: " + Complaints.reason(failure)
                            + "; --diagram FILE chooses another place",
                    failure);
        }
        out.println("Drawn: " + transaction + " of seed " + trace.result().seed() + ", in " + file);
    }

    private String command() {
        String command = "avow " + trace.result().command();
        return flaw == Flaw.NONE ? command : command + " --flaw " + flaw;
    }
}
