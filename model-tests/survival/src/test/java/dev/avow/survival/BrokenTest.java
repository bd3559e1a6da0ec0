package dev.avow.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A check that can't fail says nothing: three shops that are broken on purpose, and what the audit finds there. */
final class BrokenTest {
    private static Findings halted(Flaw flaw, String point) throws Exception {
        Path root = Runs.newRoot("broken-" + flaw);
        Runs runs = new Runs(new H2Databases(root), root);
        Place place = runs.fresh();
        Ended halt = runs.run(place, Errand.work(place, point).with(flaw));
        assertTrue(halt.halted(), "there is no point " + point);
        runs.run(place, Errand.recover(place));
        return Audit.of(place);
    }

    @Test
    void a_log_that_forces_nothing_halves_an_order() throws Exception {
        Findings findings = halted(Flaw.LOG_FORCES_NOTHING, "O001: payments: before commit");
        assertEquals(List.of("O001 has orders of [10] and payments of []"), findings.wrong());
    }

    @Test
    void a_store_that_forces_nothing_forgets_what_it_sold() throws Exception {
        Findings findings = halted(Flaw.STORE_FORCES_NOTHING, "O002s: caller: has its answer");
        assertEquals(List.of("O002s has orders of [20], and the stock doesn't know it"), findings.wrong());
    }

    @Test
    void a_store_that_forces_nothing_loses_what_it_alone_had_acknowledged() throws Exception {
        Findings findings = halted(Flaw.STORE_FORCES_NOTHING, "S001: caller: has its answer");
        assertEquals(List.of("S001"), findings.lost());
    }

    @Test
    void a_payment_that_is_acknowledged_before_it_is_made_gets_lost() throws Exception {
        Findings findings = halted(Flaw.PAYMENTS_ACKNOWLEDGE_EARLY, "O003: orders: before commit");
        assertEquals(List.of("O002s has orders of [20] and payments of []"), findings.wrong());
    }
}
