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
    /** The exit code of one whose parent has died: nobody must find the folder in use by a process that it can't see. */
    static final int ORPHANED = 87;

    private HaltedOrder() {}

    /** Returns only if the point wasn't reached. */
    public static void place(DemoFolder folder, Order order, HaltPoint point, InputStream parent, PrintStream out)
            throws SQLException, InterruptedException, IOException {
        awaitWord(parent);
        haltWithParent(parent);
        try (Shop shop = Shop.open(folder, new Halting(point, out))) {
            shop.place(order);
        }
    }

    /** Nothing is touched before the parent is known to live. */
    private static void awaitWord(InputStream parent) throws IOException {
        if (parent.read() < 0) {
            Runtime.getRuntime().halt(ORPHANED);
        }
    }

    private static void haltWithParent(InputStream parent) {
        Thread watch = new Thread(() -> {
            try {
                while (parent.read() >= 0) {
                    // Whatever it says, it lives.
                }
            } catch (IOException gone) {
                // As good as its end.
            }
            Runtime.getRuntime().halt(ORPHANED);
        });
        watch.setName("avow-parent-watch");
        watch.setDaemon(true);
        watch.start();
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
