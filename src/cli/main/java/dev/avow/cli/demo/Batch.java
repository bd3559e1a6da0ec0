package dev.avow.cli.demo;

import dev.avow.cli.diagram.Diagram;
import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Progress;
import dev.avow.cli.terminal.Text;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A file's orders, committed one by one. Those that an earlier run has committed are not committed again. */
public final class Batch {
    private static final int MOST_REFUSALS = 20;
    private static final int MOST_DIAGRAMS = 4;

    private final OrdersFile file;
    private final Progress.Style style;
    private final List<String> refusals = new ArrayList<>();
    private final List<Diagram> diagrams = new ArrayList<>();
    private int committed;
    private int there;

    public Batch(OrdersFile file, Progress.Style style) {
        this.file = file;
        this.style = style;
    }

    /** The first few. */
    List<Diagram> diagrams() {
        return List.copyOf(diagrams);
    }

    /** Says whether every order was committed, refused, or there already. */
    boolean commit(DemoFolder folder, boolean drawn, PrintWriter out) throws SQLException, InterruptedException {
        Sightings sightings = new Sightings();
        try (Shop shop = Shop.open(folder, sightings)) {
            List<OrdersFile.Line> lines = file.requireNoConflict(shop.books(), folder);
            out.println("Orders of " + file.path() + ", one transaction each. Folder: " + folder.path());
            shop.recovered().lines().forEach(line -> out.println("  Recovered: " + line));
            long began = System.nanoTime();
            boolean ended = commit(shop, lines, drawn ? MOST_DIAGRAMS : 0, sightings, out);
            summary((System.nanoTime() - began) / 1e9, out);
            return ended;
        }
    }

    private boolean commit(Shop shop, List<OrdersFile.Line> lines, int toDraw, Sightings sightings, PrintWriter out)
            throws SQLException {
        Books before = shop.books();
        try (Progress progress = style.start("orders", lines.size(), out)) {
            for (OrdersFile.Line line : lines) {
                Order order = line.order();
                if (before.order(order.id()).isPresent()) {
                    there++;
                } else {
                    Placement placement = shop.place(order);
                    // Always taken: what is kept of each transaction would grow with the file.
                    List<Sighting> seen =
                            sightings.take(placement.outcome().id().toString());
                    if (diagrams.size() < toDraw) {
                        diagrams.add(Story.of(order.toString(), seen, placement.words(), true));
                    }
                    note(line, placement);
                }
                progress.step();
            }
        }
        return true;
    }

    private void note(OrdersFile.Line line, Placement placement) {
        Optional<String> refusal = placement.refusal();
        if (placement.isCommitted()) {
            committed++;
        } else if (placement.isRefused() && refusal.isPresent()) {
            refusals.add("line " + line.number() + ", " + line.order().id() + ": " + refusal.get());
        } else if (placement.lackedSpace()) {
            throw Complaint.failed("there is no space left on the disk: " + file.path() + ", line " + line.number()
                    + ": " + line.order().id()
                    + " is aborted. Free some and run it again: what is committed isn't repeated");
        } else {
            throw Complaint.failed(file.path() + ", line " + line.number() + ": "
                    + line.order().id() + " is " + Text.oneLine(placement.words())
                    + ". Run it again: what is committed isn't repeated");
        }
    }

    private void summary(double seconds, PrintWriter out) {
        out.println(Text.count(committed, "order") + " committed, " + refusals.size() + " refused"
                + (there == 0 ? "" : ", " + there + " there from an earlier run")
                + String.format(
                        Locale.ROOT,
                        ", in %.1f s (%,.0f transactions a second).",
                        seconds,
                        (committed + refusals.size()) / seconds));
        refusals.stream().limit(MOST_REFUSALS).forEach(line -> out.println("  refused: " + line));
        if (refusals.size() > MOST_REFUSALS) {
            out.println("  and " + (refusals.size() - MOST_REFUSALS) + " more");
        }
        out.println();
    }
}
