package dev.avow.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Places one order in a process that halts in the middle of it, as a crash would: no close, no exit hook. Its parent
 * reads what was seen until then from its output.
 */
public final class HaltedOrder {
    /** The exit code of a process that halted where it should. */
    static final int HALTED = 86;

    private HaltedOrder() {}

    /** Returns only if the point wasn't reached. */
    public static void place(DemoFolder folder, Order order, HaltPoint point, InputStream parent, PrintStream out)
            throws SQLException, InterruptedException, IOException {
        awaitWord(parent);
        ParentWatch.haltWithParent(parent);
        try (Shop shop = Shop.open(folder, new Halting(point, out))) {
            shop.place(order);
        }
    }

    /** Nothing is touched before the parent is known to live. */
    private static void awaitWord(InputStream parent) throws IOException {
        if (parent.read() < 0) {
            Runtime.getRuntime().halt(ParentWatch.ORPHANED);
        }
    }

    /** Passes on what it sees, and halts at the point. Steps of one transaction come one after the other. */
    private static final class Halting implements Consumer<Sighting> {
        private final HaltPoint point;
        private final PrintStream out;
        private int reached;

        Halting(HaltPoint point, PrintStream out) {
            this.point = point;
            this.out = out;
        }

        @Override
        public synchronized void accept(Sighting sighting) {
            out.println(sighting.toLine());
            out.flush();
            if (sighting.action().equals(point.action())) {
                reached++;
                if (reached == point.times()) {
                    Runtime.getRuntime().halt(HALTED);
                }
            }
        }
    }
}
