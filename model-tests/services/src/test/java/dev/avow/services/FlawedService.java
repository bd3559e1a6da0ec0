package dev.avow.services;

import dev.avow.cli.demo.DemoFolder;
import dev.avow.cli.demo.services.Part;
import dev.avow.cli.demo.services.ServiceDatabase;
import dev.avow.cli.demo.services.ServiceProcess;
import java.nio.file.Path;
import java.util.List;

/** A service's process as the tests start it: perhaps on PostgreSQL, perhaps broken. */
final class FlawedService {
    private FlawedService() {}

    /** The words of a command that runs it. */
    static List<String> command(Part part, Path folder, String url, Flaw flaw, int port, String shop) {
        return List.of(
                FlawedService.class.getName(),
                part.name(),
                folder.toString(),
                url,
                flaw.name(),
                Integer.toString(port),
                shop);
    }

    public static void main(String[] words) throws Exception {
        Part part = Part.valueOf(words[0]);
        ServiceDatabase database = database(part, Path.of(words[1]), words[2]);
        Flaw flaw = Flaw.valueOf(words[3]);
        Path book = new DemoFolder(Path.of(words[1])).book(part.participant());
        int port = Integer.parseInt(words[4]);
        ServiceProcess.run(part, database, book, port, words[5], flaw::around, System.in, System.out);
    }

    /** @param url of a PostgreSQL database; empty for an H2 file in this folder */
    static ServiceDatabase database(Part part, Path folder, String url) {
        if (!url.isEmpty()) {
            return new PostgresDatabase(url);
        }
        DemoFolder files = new DemoFolder(folder);
        return ServiceDatabase.of(
                switch (part) {
                    case ORDERS -> files.orders();
                    case PAYMENTS -> files.payments();
                });
    }
}
