package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where one shop is: its folder, and its two databases.
 *
 * @param folder holds the coordinator's log, the store's log, the H2 files and what children tell their parent
 */
record Place(Path folder, Database orders, Database payments) {
    private static final String DATABASES = "databases";

    /** Writes down what a child has to know. */
    Place note() throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(DATABASES), List.of(orders.url(), payments.url()));
        return this;
    }

    static Place read(Path folder) throws IOException {
        List<String> urls = Files.readAllLines(folder.resolve(DATABASES));
        return new Place(folder, new Database(urls.get(0)), new Database(urls.get(1)));
    }

    Path log() {
        return folder.resolve("log");
    }

    Path stock() {
        return folder.resolve("stock");
    }

    Path acknowledgements() {
        return folder.resolve("acknowledgements");
    }

    /** One line for each errand: how it ended, at which point. */
    Path told() {
        return folder.resolve("told");
    }

    /** The names of all points that the last errand has passed to its end. */
    Path points() {
        return folder.resolve("points");
    }

    Path held() {
        return folder.resolve("held");
    }
}
