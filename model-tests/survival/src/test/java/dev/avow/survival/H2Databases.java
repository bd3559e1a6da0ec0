package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** Both databases are H2 files, which live and die with the process that has opened them. */
final class H2Databases implements Databases {
    private final Path prepared;

    /**
     * Makes them once, to be copied.
     *
     * @param more statements for the orders' database
     */
    H2Databases(Path root, String... more) throws IOException, SQLException {
        prepared = root.resolve("prepared");
        Databases.deleteAll(prepared);
        Files.createDirectories(prepared);
        at(prepared).orders().execute(ORDERS.toArray(String[]::new));
        at(prepared).orders().execute(more);
        at(prepared).payments().execute(PAYMENTS.toArray(String[]::new));
    }

    private static Place at(Path folder) {
        return new Place(folder, Database.h2(folder.resolve("orders")), Database.h2(folder.resolve("payments")));
    }

    @Override
    public Place fresh(Path folder) throws IOException {
        Databases.copyAll(prepared, folder);
        return at(folder).note();
    }

    @Override
    public Optional<Place> copy(Place place, Path folder) throws IOException {
        Databases.copyAll(place.folder(), folder);
        return Optional.of(at(folder).note());
    }

    @Override
    public void awaitQuiet(Place place) {}

    @Override
    public void drop(Place place) throws IOException {
        Databases.deleteAll(place.folder());
    }
}
