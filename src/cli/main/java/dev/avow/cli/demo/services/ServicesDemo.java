package dev.avow.cli.demo.services;

import dev.avow.cli.demo.DemoFolder;
import dev.avow.cli.demo.Diagrams;
import dev.avow.cli.demo.Order;
import dev.avow.cli.terminal.Progress;
import dev.avow.cli.terminal.Text;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/** The demo across services: what is done to three processes, then what both databases hold, read without Avow. */
public final class ServicesDemo {
    private static final int MOST_ROWS = 20;

    private final DemoFolder folder;
    private final int orders;
    private final int faults;
    private final long seed;
    private final Diagrams diagrams;
    private final PrintWriter out;

    /**
     * Not run yet.
     *
     * @param faults how many kills and pauses; at least {@link Fault#FEWEST}
     */
    public ServicesDemo(DemoFolder folder, int orders, int faults, long seed, Diagrams diagrams, PrintWriter out) {
        this.folder = folder;
        this.orders = orders;
        this.faults = faults;
        this.seed = seed;
        this.diagrams = diagrams;
        this.out = out;
    }

    private ServiceDatabase database(Part part) {
        return ServiceDatabase.of(
                switch (part) {
                    case ORDERS -> folder.orders();
                    case PAYMENTS -> folder.payments();
                });
    }

    /** Says whether every order has exactly its payment, and nothing is left in doubt. */
    public boolean run(Progress.Style style) throws SQLException, InterruptedException {
        out.println(
                "A shop with the coordinator, an order service and a payment service: three processes, each service with"
                        + " a database of its own. Folder: " + folder.path());
        out.println(Text.count(orders, "order")
                + ", while processes are killed and paused at random. The same draws again:" + " --seed=" + seed);
        Random random = new Random(seed);
        List<Order> drawn = Orders.draw(1, orders, random);
        Desk desk = new Desk();
        String untold;
        Trial trial;
        try (Processes processes = new Processes(folder.path(), new DemoPrograms(folder), desk);
                Progress progress = style.start("orders", orders, out)) {
            trial = new Trial(processes, desk);
            untold = trial.run(drawn, Fault.draw(faults, orders, random), progress::step);
        }
        trial.toll().forEach(line -> out.println(line + "."));
        out.println(Text.count(desk.count(Ending.COMMITTED), "order") + " committed, "
                + desk.count(Ending.REFUSED) + " refused by the payment service, " + desk.count(Ending.ABORTED)
                + " given up. "
                + Text.count(desk.again(), "time") + " one was aborted by a fault, and placed again.");
        out.println(untold.isEmpty() ? "Everybody has heard every decision." : "NOT TOLD: " + untold);
        Ledger ledger = Ledger.read(this::database, folder.log(), desk.endings());
        tell(ledger);
        boolean sound = ledger.complaints().isEmpty() && untold.isEmpty();
        draw(trial, desk, sound);
        return sound;
    }

    private void tell(Ledger ledger) {
        out.println();
        out.println("What the two databases hold, read by plain JDBC after all processes were killed:");
        ledger.books().lines(List.of(), MOST_ROWS).forEach(out::println);
        if (ledger.complaints().isEmpty()) {
            ledger.books().verdict().forEach(out::println);
            out.println("No database holds a prepared branch, and each order is as the shop was told.");
        } else {
            ledger.complaints().forEach(out::println);
        }
    }

    private void draw(Trial trial, Desk desk, boolean sound) {
        Hit.best(desk.seen(), trial.happenings()).ifPresent(hit -> {
            diagrams.write(
                    "Avow demo: services",
                    List.of(hit.draw("Transaction " + hit.transaction() + ": " + hit.words(), sound)));
            out.println("Message sequence of a transaction that was hit: " + diagrams.file());
        });
    }
}
