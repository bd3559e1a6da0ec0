package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LooksTest {
    private final Looks looks = new Looks();

    @Test
    void a_look_that_began_before_the_call_does_not_count() throws InterruptedException {
        long beganAt = looks.now();
        long call = looks.call();
        looks.ended("orders", beganAt);
        assertFalse(looks.await(call, List.of("orders"), 0));
        looks.ended("orders", looks.now());
        assertTrue(looks.await(call, List.of("orders"), 0));
    }

    @Test
    void an_older_look_that_reports_late_takes_nothing_back() throws InterruptedException {
        long overtaken = looks.now();
        long call = looks.call();
        looks.ended("orders", looks.now());
        looks.ended("orders", overtaken);
        assertTrue(looks.await(call, List.of("orders"), 0));
    }

    @Test
    void every_participant_is_waited_for() throws InterruptedException {
        long call = looks.call();
        looks.ended("orders", call);
        assertFalse(looks.await(call, List.of("orders", "payments"), 1_000));
        looks.ended("payments", call);
        assertTrue(looks.await(call, List.of("orders", "payments"), 0));
    }
}
