package dev.avow.cli;

import dev.avow.cli.demo.Batch;
import dev.avow.cli.demo.Demo;
import dev.avow.cli.demo.DemoFolder;
import dev.avow.cli.demo.Diagrams;
import dev.avow.cli.demo.OrdersFile;
import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code avow demo}. */
@Command(
        name = "demo",
        description = {
            "Commits orders in one database and their payments in another, through crashes.",
            "Without --orders it tells four stories: a commit, a refusal, a crash after the decision and one before it."
        },
        footer = {
            "",
            "Ends with 0 if every order has exactly its payment, 1 if not or if something failed, 2 if asked wrongly."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class DemoCommand implements Callable<Integer> {
    private final PrintWriter out;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The folder with the two databases and the log; one of an earlier run is recovered and"
                    + " continued. Default: a new one, avow-demo.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--orders",
            paramLabel = "FILE",
            description = "Commit these orders instead, one by one: a CSV file of order id,customer,amount. Those that"
                    + " are in the folder already are not repeated. Each customer has 1,000.00 to spend; the payment"
                    + " service refuses what is more.")
    private Optional<Path> orders = Optional.empty();

    @Option(
            names = "--diagram",
            paramLabel = "FILE",
            description = "Draw the message sequences (.svg or .html); with --orders, of the first four.")
    private Optional<Path> diagram = Optional.empty();

    @Option(
            names = "--progress",
            paramLabel = "STYLE",
            defaultValue = "auto",
            description = "How --orders shows its progress: bar, plain, none, or auto (a bar on a terminal).")
    private Progress.Style progress = Progress.Style.AUTO;

    DemoCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        // All input is checked before the folder is touched.
        Optional<Diagrams> diagrams = diagram.map(Diagrams::to);
        Optional<OrdersFile> file = orders.map(OrdersFile::read);
        DemoFolder at = folder.map(DemoFolder::at).orElseGet(() -> DemoFolder.fresh(Path.of("")));
        Demo demo = new Demo(at, diagrams, out);
        boolean held = file.isPresent() ? demo.commit(new Batch(file.get(), progress)) : demo.tellStories();
        return held ? 0 : Complaint.FAILED;
    }
}
