package dev.avow.services;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.cli.demo.services.Ledger;
import dev.avow.cli.demo.services.Part;
import dev.avow.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A shop, an order service with an H2 database and a payment service with a PostgreSQL database: in each round every one of the
 * three processes is killed under load, and one is paused for longer than anybody's patience.
 */
final class KilledServicesTest {
    private static final String SEED = "avow.services.seed";
    private static final String ROUNDS = "avow.services.rounds";
    private static final int FEW_ROUNDS = 2;
    private static final int ROUNDS_THOROUGH = 100;
    private static final int ORDERS = 40;
    private static final int FAULTS = 5;

    private static final Path ROOT = Path.of("target", "services");

    private static PostgresServer server;

    @BeforeAll
    static void start_the_server() throws IOException {
        server = PostgresServer.start(Folders.empty(ROOT.resolve("server")));
    }

    private static int rounds() {
        return Integer.getInteger(ROUNDS, Boolean.getBoolean("avow.thorough") ? ROUNDS_THOROUGH : FEW_ROUNDS);
    }

    @Test
    void every_order_has_its_payment_and_nothing_is_in_doubt() throws Exception {
        long seed = Long.getLong(SEED, System.nanoTime());
        String again = "mvn test -pl model-tests/services -am -DskipPitest=true -Dtest=KilledServicesTest -D" + SEED
                + "=" + seed + " -D" + ROUNDS + "=" + rounds();
        System.out.println("KilledServicesTest: draws from a seed. The same draws again: " + again);
        Random random = new Random(seed);
        try (Town town = new Town(ROOT.resolve("killed"), Map.of(Part.PAYMENTS, server.make()), Map.of())) {
            for (int round = 1; round <= rounds(); round++) {
                String story =
                        "round " + round + "; what the processes said is in " + town.output() + "; again: " + again;
                Ledger ledger;
                try {
                    ledger = town.round(ORDERS, FAULTS, random);
                } catch (RuntimeException failure) {
                    throw new AssertionError(story, failure);
                }
                assertEquals("", ledger.words(), () -> story);
                System.out.println("  round " + round + ": so far " + town.toll());
            }
        }
    }

    @AfterAll
    static void stop_the_server() throws IOException {
        server.close();
    }
}
