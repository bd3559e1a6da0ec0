package dev.avow.cli.demo.services;

import dev.avow.cli.demo.Order;
import dev.avow.cli.demo.ParentWatch;
import dev.avow.cli.terminal.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The shop's process: reads from its parent what to do, a line at a time, and says how each order ended. */
public final class ShopProcess {
    private static final int WORKERS = 8;

    private final ServicesShop shop;
    private final PrintStream out;
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);

    private ShopProcess(ServicesShop shop, PrintStream out) {
        this.shop = shop;
        this.out = out;
    }

    /**
     * Works until the process is killed or its parent ends. Says on its output when it is ready.
     *
     * @param log the folder of the coordinator's log
     * @param port where the services reach the coordinator
     * @param orders the order service's address
     * @param payments the payment service's address
     */
    public static void run(Path log, int port, String orders, String payments, InputStream parent, PrintStream out)
            throws IOException {
        ServicesShop shop = ServicesShop.open(log, port, orders, payments, line -> say(out, line));
        say(out, Lines.READY);
        new ShopProcess(shop, out).work(parent);
    }

    private static void say(PrintStream out, String line) {
        out.println(line);
        out.flush();
    }

    private void work(InputStream parent) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(parent, StandardCharsets.UTF_8));
        for (Optional<String> line = next(lines); line.isPresent(); line = next(lines)) {
            obey(List.of(line.get().split(Lines.SEPARATOR, 2)));
        }
        Runtime.getRuntime().halt(ParentWatch.ORPHANED);
    }

    private static Optional<String> next(BufferedReader lines) throws IOException {
        return Optional.ofNullable(lines.readLine());
    }

    private void obey(List<String> words) {
        switch (words.get(0)) {
            case Lines.PLACE -> place(OrderLine.parse(words.get(1)));
            case Lines.SETTLE -> workers.execute(this::settle);
            default ->
                throw new IllegalArgumentException("the parent says " + words + ", which nobody here understands");
        }
    }

    private void place(Order order) {
        workers.execute(() -> {
            ServicesShop.Placed placed = shop.place(order);
            say(out, Lines.of(Lines.ENDED, order.id(), placed.ending().name(), Text.oneLine(placed.words())));
        });
    }

    private void settle() {
        try {
            Optional<String> left = shop.settle();
            say(
                    out,
                    left.map(words -> Lines.of(Lines.UNSETTLED, Text.oneLine(words)))
                            .orElse(Lines.SETTLED));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
