package dev.avow.benchmarks.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is measured happens: no figure here. */
class ServicesTest {
    private static final int IN_FLIGHT = 64;
    private static final int OF_EACH = 10;
    /** A prepare, a vote, a commit and an acknowledgement at each of two. */
    private static final int UNPACKED = 8;

    private final Services services = new Services();

    @BeforeEach
    void start() throws Exception {
        services.start();
    }

    @AfterEach
    void close() {
        services.close();
    }

    @Test
    void each_transaction_runs_both_phases_in_both_processes_and_many_share_messages() throws Exception {
        Committing committing = new Committing();
        committing.open(services);
        List<FutureTask<Boolean>> threads = new ArrayList<>();
        for (int thread = 0; thread < IN_FLIGHT; thread++) {
            FutureTask<Boolean> task = new FutureTask<>(() -> {
                for (int transaction = 0; transaction < OF_EACH; transaction++) {
                    committing.commitOne();
                }
                return true;
            });
            threads.add(task);
            new Thread(task).start();
        }
        for (FutureTask<Boolean> thread : threads) {
            assertEquals(true, thread.get(1, TimeUnit.MINUTES));
        }
        long messages = services.messages();
        // Which checks what the services have counted.
        committing.close(services);
        assertTrue(messages < UNPACKED * IN_FLIGHT * OF_EACH, messages + " messages");
    }

    @Test
    void a_transaction_that_a_service_does_not_know_of_is_noticed() throws Exception {
        Committing committing = new Committing();
        committing.open(services);
        committing.commitOne();
        Committing another = new Committing();
        another.open(services);
        another.commitOne();
        another.commitOne();
        assertThrows(IllegalStateException.class, () -> committing.close(services));
        assertThrows(Exception.class, () -> another.close(services));
    }

    @Test
    void the_limits_send_each_message_alone() throws Exception {
        UnaryCalls calls = new UnaryCalls();
        calls.open(services);
        calls.both(() -> {});
        assertEquals(UNPACKED, services.messages());
        Streams streams = new Streams();
        streams.open(services);
        streams.both(() -> {});
        assertEquals(2 * UNPACKED, services.messages());
        assertEquals(List.of("0 prepared, 0 committed", "0 prepared, 0 committed"), services.end());
    }
}
