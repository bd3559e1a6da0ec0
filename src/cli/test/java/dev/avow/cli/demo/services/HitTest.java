package dev.avow.cli.demo.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.cli.demo.Sighting;
import dev.avow.cli.demo.services.Desk.Seen;
import dev.avow.cli.demo.services.Happening.What;
import dev.avow.cli.diagram.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HitTest {
    private static final List<Seen> COMMITTED = List.of(
            seen(10, "T1", Sighting.WORK, "orders"),
            seen(20, "T1", Sighting.WORK, "payments"),
            seen(30, "T1", "CoordinatorDecideCommit", ""),
            seen(60, "T1", "CoordinatorReceiveAck", "orders"),
            seen(70, "T1", "CoordinatorForget", ""));

    private static Seen seen(long micros, String transaction, String action, String participant) {
        return new Seen(micros, new Sighting(transaction, action, participant, "", ""));
    }

    private static Happening happening(long micros, Victim victim, What what) {
        return new Happening(micros, victim, what, 4711);
    }

    @Test
    void what_lies_before_or_behind_a_transaction_has_not_hit_it() {
        List<Happening> around =
                List.of(happening(5, Victim.SHOP, What.KILLED), happening(90, Victim.ORDERS, What.KILLED));
        assertEquals(Optional.empty(), Hit.best(COMMITTED, around).map(Hit::transaction));
    }

    @Test
    void a_killed_service_alone_is_drawn_dead() {
        List<Happening> killed =
                List.of(happening(40, Victim.ORDERS, What.KILLED), happening(50, Victim.ORDERS, What.STARTED));
        Hit hit = Hit.best(COMMITTED, killed).orElseThrow();
        List<Step> steps = hit.draw("hit", true).steps();
        assertEquals(
                List.of(new Step.Crash("orders")),
                steps.stream().filter(Step.Crash.class::isInstance).toList());
        assertTrue(steps.stream().anyMatch(Step.Restart.class::isInstance), steps::toString);
        assertEquals("the order service was killed in the middle of it", hit.words());
    }

    @Test
    void a_killed_shop_takes_the_application_and_the_coordinator_with_it() {
        Hit hit = Hit.best(COMMITTED, List.of(happening(40, Victim.SHOP, What.KILLED)))
                .orElseThrow();
        assertEquals(
                List.of(new Step.Crash("application"), new Step.Crash("coordinator")),
                hit.draw("hit", true).steps().stream()
                        .filter(Step.Crash.class::isInstance)
                        .toList());
    }

    @Test
    void a_commit_that_outlived_a_process_is_more_to_see_than_another() {
        List<Seen> both = new ArrayList<>(
                List.of(seen(35, "T0", Sighting.WORK, "orders"), seen(45, "T0", "CoordinatorDecideAbort", "")));
        both.addAll(COMMITTED);
        Hit hit =
                Hit.best(both, List.of(happening(40, Victim.SHOP, What.KILLED))).orElseThrow();
        assertEquals("T1", hit.transaction());
        assertFalse(hit.words().isEmpty());
    }
}
