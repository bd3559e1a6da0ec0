package dev.avow.cli.demo;

import dev.avow.cli.diagram.Diagram;
import dev.avow.cli.terminal.Text;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.LogInspection;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The four stories of the demo. On a folder of an earlier run, however that ended, each goes on from what is there.
 */
final class Scenarios {
    private static final Order COMMITTED = Order.of("O001", "Ada", "40");
    private static final Order REFUSED = Order.of("O002", "Bob", "5000");
    private static final Order HALTED_DECIDED = Order.of("O003", "Cleo", "25");
    private static final Order HALTED_UNDECIDED = Order.of("O004", "Dan", "60");

    private static final String BOTH = "Both databases hold the order.";
    private static final String NEITHER = "Neither database holds the order.";

    private final DemoFolder folder;
    private final PrintWriter out;
    private final List<Diagram> diagrams = new ArrayList<>();
    private boolean asTold = true;

    Scenarios(DemoFolder folder, PrintWriter out) {
        this.folder = folder;
        this.out = out;
    }

    static List<Order> orders() {
        return List.of(COMMITTED, REFUSED, HALTED_DECIDED, HALTED_UNDECIDED);
    }

    /** Runs them all; says whether each ended as it should. */
    boolean run() throws SQLException, InterruptedException {
        boolean decidedIsThere;
        boolean undecidedIsThere;
        Sightings sightings = new Sightings();
        try (Shop shop = Shop.open(folder, sightings)) {
            tellRecovered(shop.recovered());
            commits(shop, sightings);
            isRefused(shop, sightings);
            decidedIsThere = isThere(shop, HALTED_DECIDED);
            undecidedIsThere = isThere(shop, HALTED_UNDECIDED);
        }
        if (!decidedIsThere) {
            isHaltedAfterTheDecision();
        }
        if (!undecidedIsThere) {
            isHaltedBeforeTheDecision();
        }
        return asTold;
    }

    List<Diagram> diagrams() {
        return List.copyOf(diagrams);
    }

    private void tellRecovered(Recovered recovered) {
        if (!recovered.lines().isEmpty()) {
            out.println("An earlier run ended in the middle. Recovered:");
            recovered.lines().forEach(line -> out.println("  " + line));
            out.println();
        }
    }

    /** An order from an earlier run isn't placed again. */
    private boolean isThere(Shop shop, Order order) throws SQLException {
        Optional<Order> found = shop.books().order(order.id());
        found.ifPresent(there -> {
            out.println(order.id() + "  is there from an earlier run: " + there.customer() + ", "
                    + Text.money(there.amount()) + ".");
            out.println();
        });
        return found.isPresent();
    }

    private void commits(Shop shop, Sightings sightings) throws SQLException {
        if (isThere(shop, COMMITTED)) {
            return;
        }
        out.println("O001  Ada orders for 40.00.");
        Placement placement = shop.place(COMMITTED);
        ended(
                COMMITTED,
                placement.words(),
                placement.isCommitted() && shop.books().holdBothOf(COMMITTED));
        draw("O001: the order and its payment commit", sightings, placement);
    }

    private void isRefused(Shop shop, Sightings sightings) throws SQLException {
        if (isThere(shop, REFUSED)) {
            return;
        }
        out.println("O002  Bob orders for 5,000.00, and the payment service refuses.");
        Placement placement = shop.place(REFUSED);
        placement.refusal().ifPresent(reason -> out.println("      " + reason + "."));
        ended(REFUSED, "rolled back", placement.isRefused() && shop.books().holdNothingOf(REFUSED));
        draw("O002: the payment service refuses", sightings, placement);
    }

    private void draw(String title, Sightings sightings, Placement placement) {
        List<Sighting> seen = sightings.take(placement.outcome().id().toString());
        diagrams.add(Story.of(title, seen, placement.isCommitted() ? BOTH : NEITHER, asTold));
    }

    private void isHaltedAfterTheDecision() throws SQLException, InterruptedException {
        out.println("O003  Cleo orders for 25.00, and the process is killed after the commit record is forced.");
        HaltedProcess process = HaltedProcess.run(folder, HALTED_DECIDED, HaltPoint.AFTER_COMMIT_RECORD);
        tellHalted(process, HaltPoint.AFTER_COMMIT_RECORD, HALTED_DECIDED);
        Sightings sightings = new Sightings();
        try (Shop shop = Shop.open(folder, sightings)) {
            boolean told = shop.recovered().committed().stream()
                    .anyMatch(record -> record.name().equals(HALTED_DECIDED.id()));
            out.println("      Restarted: recovery read the decision and told both databases.");
            ended(HALTED_DECIDED, "committed", told && shop.books().holdBothOf(HALTED_DECIDED));
            draw(
                    "O003: killed after the commit record is forced, before anyone is told",
                    process,
                    shop,
                    sightings,
                    BOTH + " The decision survived the crash (DecisionDurable).");
        }
    }

    private void isHaltedBeforeTheDecision() throws SQLException, InterruptedException {
        out.println("O004  Dan orders for 60.00, and the process is killed after the votes, before the decision.");
        HaltedProcess process = HaltedProcess.run(folder, HALTED_UNDECIDED, HaltPoint.AFTER_VOTES);
        tellHalted(process, HaltPoint.AFTER_VOTES, HALTED_UNDECIDED);
        Sightings sightings = new Sightings();
        try (Shop shop = Shop.open(folder, sightings)) {
            boolean presumed = shop.recovered().aborted().contains(transactionOf(process));
            out.println("      Restarted: both databases were in doubt, no record means abort (presumed abort).");
            ended(HALTED_UNDECIDED, "rolled back", presumed && shop.books().holdNothingOf(HALTED_UNDECIDED));
            draw(
                    "O004: killed after the votes, before the decision",
                    process,
                    shop,
                    sightings,
                    NEITHER + " No record means abort (PresumedAbort).");
        }
    }

    private void tellHalted(HaltedProcess process, HaltPoint point, Order order) {
        out.println("      Process " + process.pid() + " was killed at " + point.action() + ".");
        String record = LogInspection.of(folder.log()).unfinished().stream()
                .filter(unfinished -> unfinished.name().equals(order.id()))
                .findAny()
                .map(CommitRecord::participants)
                .map(participants -> "says commit, and that " + Text.and(participants) + " have to be told.")
                .orElse("holds no record of " + order.id() + ".");
        out.println("      Its log " + record);
    }

    private void ended(Order order, String words, boolean asItShould) {
        asTold &= asItShould;
        out.println(
                asItShould
                        ? "Two-phase commit: Transaction " + order.id() + " " + words
                        : "WRONG: transaction " + order.id() + " did not end as it should");
        out.println();
    }

    private static String transactionOf(HaltedProcess process) {
        return process.seen().stream()
                .filter(sighting -> sighting.action().equals(Sighting.COMMIT))
                .findFirst()
                .map(Sighting::transaction)
                .orElse("");
    }

    private void draw(String title, HaltedProcess process, Shop shop, Sightings sightings, String verdict) {
        String transaction = transactionOf(process);
        List<Sighting> seen = new ArrayList<>(process.seen().stream()
                .filter(sighting -> sighting.transaction().equals(transaction))
                .toList());
        seen.add(new Sighting(
                transaction, Sighting.HALT, "", "The process is killed: all of it, the databases too", ""));
        seen.add(new Sighting(
                transaction,
                Sighting.RESTART,
                "",
                "Another process opens the same folder: incarnation "
                        + shop.recovered().incarnation(),
                ""));
        seen.addAll(sightings.take(transaction));
        diagrams.add(Story.of(title, seen, verdict, asTold));
    }
}
