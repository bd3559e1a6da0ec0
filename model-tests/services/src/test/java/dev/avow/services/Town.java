package dev.avow.services;

import dev.avow.cli.demo.DemoFolder;
import dev.avow.cli.demo.Order;
import dev.avow.cli.demo.services.DemoPrograms;
import dev.avow.cli.demo.services.Desk;
import dev.avow.cli.demo.services.Fault;
import dev.avow.cli.demo.services.Ledger;
import dev.avow.cli.demo.services.Orders;
import dev.avow.cli.demo.services.Part;
import dev.avow.cli.demo.services.Processes;
import dev.avow.cli.demo.services.Programs;
import dev.avow.cli.demo.services.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A shop and its two services, and what is done to them, round after round, with an audit after each. */
final class Town implements AutoCloseable {
    private final Path folder;
    private final Map<Part, String> urls;
    private final Map<Part, Flaw> flaws = new EnumMap<>(Part.class);
    private final Desk desk = new Desk();
    private final Processes processes;
    private final Trial trial;
    private int placed;

    /**
     * Not started yet.
     *
     * @param folder emptied before
     * @param urls of PostgreSQL databases, for the services that have one
     * @param flaws of the services that have one
     */
    Town(Path folder, Map<Part, String> urls, Map<Part, Flaw> flaws) throws IOException {
        this.folder = Folders.empty(folder);
        this.urls = Map.copyOf(urls);
        this.flaws.putAll(flaws);
        this.processes = new Processes(this.folder, new TestPrograms(), desk);
        this.trial = new Trial(processes, desk);
    }

    /** The demo's shop; services as these tests want them. */
    private final class TestPrograms implements Programs {
        private final DemoPrograms sound = new DemoPrograms(new DemoFolder(folder));

        @Override
        public List<String> shop(int port, String orders, String payments) {
            return sound.shop(port, orders, payments);
        }

        @Override
        public List<String> service(Part part, int port, String shop) {
            Flaw flaw = flaws.getOrDefault(part, Flaw.NONE);
            return FlawedService.command(part, folder, url(part), flaw, port, shop);
        }
    }

    private String url(Part part) {
        return urls.getOrDefault(part, "");
    }

    /** Places so many orders, with these faults, until nothing is left to be told; then all are dead, and gives the audit. */
    Ledger round(int orders, int faults, Random random) throws Exception {
        List<Order> drawn = Orders.draw(placed + 1, orders, random);
        placed += orders;
        List<Fault> misfortunes = faults == 0 ? List.of() : Fault.draw(faults, orders, random);
        String untold = trial.run(drawn, misfortunes, () -> {});
        if (!untold.isEmpty()) {
            throw new AssertionError("not told: " + untold);
        }
        return Ledger.read(
                part -> FlawedService.database(part, folder, url(part)), new DemoFolder(folder).log(), desk.endings());
    }

    /** What was done so far. */
    String toll() {
        return String.join("; ", trial.toll()) + "; placed again: " + desk.again() + " orders";
    }

    Path output() {
        return processes.output();
    }

    @Override
    public void close() {
        processes.close();
    }
}
