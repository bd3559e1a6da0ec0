package dev.avow.cli;

import dev.avow.cli.demo.DemoFolder;
import dev.avow.cli.demo.Diagrams;
import dev.avow.cli.demo.services.Fault;
import dev.avow.cli.demo.services.ServicesDemo;
import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code avow demo services}. */
@Command(
        name = "services",
        description = {
            "Commits orders in one process and their payments in another, while these and the shop are killed.",
            "Each of the two services has a database of its own. Processes are killed (SIGKILL) and paused (SIGSTOP) at"
                    + " random, and started again at once; in the end both databases are read without Avow."
        },
        footer = {
            "",
            "Ends with 0 if every order has exactly its payment and nothing is in doubt, 1 if not or if something failed,"
                    + " 2 if asked wrongly."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class DemoServicesCommand implements Callable<Integer> {
    private static final int MOST_ORDERS = 900;

    private final PrintWriter out;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "A new folder for the databases, the log and what the processes say. Default: avow-services.")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--orders", paramLabel = "N", defaultValue = "200", description = "How many orders. Default: 200.")
    private int orders = 200;

    @Option(
            names = "--faults",
            paramLabel = "N",
            defaultValue = "12",
            description = "How many kills and pauses, 5 at least: each process is killed, and one paused. Default: 12.")
    private int faults = 12;

    @Option(names = "--seed", paramLabel = "N", description = "What to draw from. Default: another one each time.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--diagram",
            paramLabel = "FILE",
            description = "Where to draw a transaction that was hit (.svg or .html). Default: hit.html in that folder.")
    private Optional<Path> diagram = Optional.empty();

    @Option(
            names = "--progress",
            paramLabel = "STYLE",
            defaultValue = "auto",
            description = "How to show progress: bar, plain, none, or auto (a bar on a terminal).")
    private Progress.Style progress = Progress.Style.AUTO;

    DemoServicesCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        if (orders < 1 || orders > MOST_ORDERS) {
            // The log remembers the last 1,024: an order beyond that could be placed a second time.
            throw Complaint.wrongInput("--orders=" + orders + ": give a number from 1 to " + MOST_ORDERS);
        }
        if (faults < Fault.FEWEST) {
            throw Complaint.wrongInput("--faults=" + faults + ": give " + Fault.FEWEST + " at least");
        }
        Optional<Diagrams> named = diagram.map(Diagrams::to);
        DemoFolder at = folder.map(DemoFolder::empty).orElseGet(() -> DemoFolder.fresh(Path.of(""), "avow-services"));
        Diagrams diagrams = named.orElseGet(() -> Diagrams.to(at.path().resolve("hit.html")));
        long drawn = seed.orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000));
        return new ServicesDemo(at, orders, faults, drawn, diagrams, out).run(progress) ? 0 : Complaint.FAILED;
    }
}
