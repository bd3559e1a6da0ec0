package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why the contract demands what it does: the stock with one of its rules broken sells what isn't taken off the shelf. */
class BrokenForeignParticipantTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void need_node() throws Exception {
        NodeExample.assumeItRuns();
    }

    @Test
    void one_that_forces_only_its_beginning_loses_what_it_has_promised() throws Exception {
        try (Trade here = Trade.with(
                NodeExample.broken(
                        "journal.js",
                        "fs.fsyncSync(this.fd);",
                        "if (records[0].type === 'levels') fs.fsyncSync(this.fd);"),
                folder)) {
            assertEquals(Trade.UNTOUCHED, here.levelAfterKillAtYes());
            assertEquals(Optional.of("120"), here.paid());
        }
    }

    @Test
    void one_that_does_not_force_its_folder_loses_what_it_has_promised() throws Exception {
        try (Trade here = Trade.with(NodeExample.broken("journal.js", "    forceFolder(folder);", ""), folder)) {
            assertEquals(Trade.UNTOUCHED, here.levelAfterKillAtYes());
            assertEquals(Optional.of("120"), here.paid());
        }
    }

    @Test
    void one_that_acknowledges_before_it_has_committed_hears_the_decision_no_more() throws Exception {
        try (Trade here = Trade.with(
                NodeExample.broken("participant.js", "this.journal.force(record('committed', branch));", ""), folder)) {
            assertEquals(10, here.levelAfterKillAtAck().inStock());
            assertEquals(Optional.of("120"), here.paid());
        }
    }

    @Test
    void one_that_counts_on_after_its_yes_breaks_its_promise() throws Exception {
        try (Trade here = Trade.with(
                NodeExample.broken("participant.js", "(NoRegret)\n    clearTimeout(branch.expiry);", "(NoRegret)"),
                folder)) {
            assertEquals(Trade.UNTOUCHED, here.levelAfterTimeoutAtYes());
            assertEquals(Optional.of("120"), here.paid());
        }
    }

    @Test
    void one_that_votes_yes_for_work_that_it_does_not_hold_commits_nothing() throws Exception {
        try (Trade here = Trade.with(NodeExample.broken("participant.js", "'VOTE_NO'", "'VOTE_YES'"), folder)) {
            here.outcomeOfLostWork().requireCommitted();
            here.awaitRecovered();
            assertEquals(Trade.UNTOUCHED, here.stock.level());
            assertEquals(Optional.of("120"), here.paid());
        }
    }
}
