package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Gives each run a shop of its own. */
interface Databases {
    List<String> ORDERS = List.of(
            "CREATE TABLE customer_order(id VARCHAR(40), amount INT)", "CREATE TABLE note(id VARCHAR(40), amount INT)");
    List<String> PAYMENTS = List.of("CREATE TABLE payment(order_id VARCHAR(40), amount INT)");

    /** A shop in this folder that has never been opened. */
    Place fresh(Path folder) throws IOException, SQLException;

    /** The same as it was left by a process that died, in another folder; empty if that can't be had. */
    Optional<Place> copy(Place place, Path folder) throws IOException;

    /** Waits until nobody works there any more on behalf of a process that has died. */
    void awaitQuiet(Place place) throws Exception;

    /** Takes it away. */
    void drop(Place place) throws IOException, SQLException;

    static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path target = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(one, target);
                }
            }
        }
    }

    static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }
}
