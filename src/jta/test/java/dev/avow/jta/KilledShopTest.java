package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Finding;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that halts in the middle of a commit; the next manager over the same log and databases finishes it by itself. */
final class KilledShopTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "CoordinatorSendPrepare,   0 0",
        "CoordinatorReceiveVote,   0 0",
        "CoordinatorDecideCommit,  1 1",
        "CoordinatorSendCommit,    1 1",
        "CoordinatorReceiveAck,    1 1",
        "CoordinatorForget,        1 1"
    })
    void an_order_is_in_both_databases_or_in_none(String action, String found) throws Exception {
        KilledShop.run(folder, action);
        try (Bank bank = new Bank(folder)) {
            assertTrue(bank.manager.coordinator().awaitRecovered(Duration.ofSeconds(30)));
            assertEquals(found, bank.found("O1"));
            assertEquals(
                    found.equals("1 1") ? Finding.COMMITTED : Finding.NO_RECORD,
                    bank.manager.coordinator().outcomeOf("O1"));
            // Nothing holds a lock on what it wrote.
            bank.writeBoth("O2");
        }
    }
}
