package dev.avow.survival;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/** Eight callers at once, as fast as they can, side by side: made to be killed. */
final class Load {
    /** What a parent may write. When it closes the line, the child dies with it. */
    static final int RELEASE = 'r';

    static final int STOP = 's';

    private static final int CALLERS = 8;
    private static final long BREATH_MILLIS = 20;
    private static final long PATIENCE_SECONDS = 60;

    private final Place place;
    private final Holding points;
    private final AtomicLong acknowledged = new AtomicLong();
    private final long holdFrom;
    private final CountDownLatch stop = new CountDownLatch(1);

    Load(Place place, long holdFrom) {
        this.place = place;
        this.points = new Holding(place.held());
        this.holdFrom = holdFrom;
    }

    void run() throws IOException, InterruptedException {
        listen();
        try (Acknowledgements caller = new Acknowledgements(place.acknowledgements());
                Shop shop = Shop.sideBySide(place, points)) {
            ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
            for (int number = 0; number < CALLERS; number++) {
                String prefix = "O" + number + "-";
                callers.execute(() -> call(shop, caller, prefix));
            }
            callers.shutdown();
            if (!stop.await(10, TimeUnit.MINUTES) || !callers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the callers don't stop");
            }
            shop.recover();
        }
    }

    private void call(Shop shop, Acknowledgements caller, String prefix) {
        try {
            for (int number = 0; stop.getCount() > 0; number++) {
                String id = prefix + number + (number % 3 == 0 ? Shop.FROM_STOCK : "");
                caller.begun(id);
                order(shop, caller, id);
            }
        } catch (IOException | InterruptedException failure) {
            LoggerFactory.getLogger(Load.class).error("a caller can't go on", failure);
            Runtime.getRuntime().halt(1);
        }
    }

    private void order(Shop shop, Acknowledgements caller, String id) throws IOException, InterruptedException {
        try {
            String said = Workload.said(shop.transact(id, transaction -> {
                shop.order(transaction, id, 1);
                shop.pay(transaction, id, 1);
                if (id.endsWith(Shop.FROM_STOCK)) {
                    shop.sell(transaction, id);
                }
            }));
            caller.ended(said, id);
            if (said.equals(Acknowledgements.COMMITTED) && acknowledged.incrementAndGet() == holdFrom) {
                points.hold();
            }
        } catch (SQLException unreachable) {
            // Aborted. The next one may find the database there again.
            if (stop.await(BREATH_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private void listen() {
        Thread listening = new Thread(() -> {
            InputStream parent = System.in;
            try {
                for (int word = parent.read(); word >= 0; word = parent.read()) {
                    if (word == RELEASE) {
                        points.release();
                    } else if (word == STOP) {
                        stop.countDown();
                    }
                }
            } catch (IOException gone) {
                // As good as its end.
            }
            Runtime.getRuntime().halt(1);
        });
        listening.setDaemon(true);
        listening.start();
    }
}
