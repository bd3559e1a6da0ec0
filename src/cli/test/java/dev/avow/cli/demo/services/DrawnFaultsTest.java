package dev.avow.cli.demo.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DrawnFaultsTest {
    @Test
    void the_same_seed_draws_the_same() {
        assertEquals(Fault.draw(12, 200, new Random(5)), Fault.draw(12, 200, new Random(5)));
    }

    @Test
    void each_process_is_killed_and_one_is_paused_however_few_are_drawn() {
        for (int seed = 0; seed < 200; seed++) {
            List<Fault> drawn = Fault.draw(Fault.FEWEST, 40, new Random(seed));
            assertEquals(Fault.FEWEST, drawn.size());
            assertTrue(
                    Arrays.stream(Victim.values())
                            .allMatch(victim -> drawn.stream()
                                    .anyMatch(fault -> fault.kind() == Fault.Kind.KILL
                                            && fault.victims().equals(List.of(victim)))),
                    drawn::toString);
            assertTrue(drawn.stream().anyMatch(fault -> fault.kind() == Fault.Kind.PAUSE), drawn::toString);
        }
    }

    @Test
    void they_come_in_their_order_and_while_orders_are_left() {
        List<Fault> drawn = Fault.draw(30, 200, new Random(9));
        assertEquals(30, drawn.size());
        assertEquals(
                drawn.stream().map(Fault::after).sorted().toList(),
                drawn.stream().map(Fault::after).toList());
        assertTrue(drawn.stream().allMatch(fault -> fault.after() >= 1 && fault.after() < 200), drawn::toString);
    }
}
