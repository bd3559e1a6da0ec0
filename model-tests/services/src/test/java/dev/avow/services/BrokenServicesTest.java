package dev.avow.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.cli.demo.services.Ledger;
import dev.avow.cli.demo.services.Part;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Services that break their promises: the audit finds each, without any fault. */
final class BrokenServicesTest {
    private static final int ORDERS = 30;

    private static Ledger audited(Map<Part, Flaw> flaws) throws Exception {
        try (Town town = new Town(Path.of("target", "services", "broken"), Map.of(), flaws)) {
            return town.round(ORDERS, 0, new Random(1));
        }
    }

    @Test
    void a_service_that_votes_no_is_within_its_rights() throws Exception {
        assertEquals("", audited(Map.of(Part.PAYMENTS, Flaw.VOTES_NO)).words());
    }

    @Test
    void a_yes_without_anything_prepared_is_found() throws Exception {
        Ledger ledger = audited(Map.of(Part.ORDERS, Flaw.PROMISES_ONLY));
        assertTrue(ledger.words().contains(" is paid and was never ordered"), ledger::words);
    }

    @Test
    void a_commit_before_the_decision_is_found() throws Exception {
        Ledger ledger = audited(Map.of(Part.ORDERS, Flaw.COMMITS_AT_ONCE, Part.PAYMENTS, Flaw.VOTES_NO));
        assertTrue(ledger.words().contains(" has no payment"), ledger::words);
    }
}
