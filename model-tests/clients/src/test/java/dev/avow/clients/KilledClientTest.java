package dev.avow.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AvowOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One process after the other halts in the middle of a commit; the next one finishes it before its own. */
@Execution(ExecutionMode.CONCURRENT)
final class KilledClientTest {
    private static final boolean THOROUGH = Boolean.getBoolean("avow.thorough");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void an_order_is_in_both_places_or_in_none_wherever_its_process_was_killed(Clients each) throws Exception {
        KilledClient.run(each, folder, "O1", "CoordinatorReceiveVote");
        KilledClient.run(each, folder, "O2", "CoordinatorReceiveAck");
        if (THOROUGH) {
            KilledClient.run(each, folder, "O3", "CoordinatorDecideCommit");
            KilledClient.run(each, folder, "O4", "CoordinatorSendPrepare");
        }
        try (Client client = each.open(folder, AvowOptions.defaults())) {
            assertTrue(client.manager().coordinator().awaitRecovered(Duration.ofSeconds(30)));
            assertEquals("0 0", client.found("O1"));
            assertEquals("1 1", client.found("O2"));
            assertEquals(THOROUGH ? "1 1" : "0 0", client.found("O3"));
            assertEquals("0 0", client.found("O4"));
            // Nothing holds a lock on what it wrote.
            client.order("O1");
            assertEquals("1 1", client.found("O1"));
            assertEquals(List.of(), client.manager().coordinator().pending());
        }
    }
}
