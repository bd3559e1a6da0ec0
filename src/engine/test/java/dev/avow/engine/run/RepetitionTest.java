package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RepetitionTest {
    private final List<Integer> pauses = new ArrayList<>();

    private long plan(int failures, Runnable attempt) {
        pauses.add(failures);
        return 10L * failures;
    }

    @Test
    void it_tells_when_the_planned_one_comes_until_that_begins() {
        Repetition repetition = new Repetition(this::plan, () -> {});
        assertEquals(Optional.empty(), repetition.atNanos());
        repetition.plan();
        assertEquals(Optional.of(10L), repetition.atNanos());
        repetition.begun();
        assertEquals(Optional.empty(), repetition.atNanos());
    }

    @Test
    void each_failure_in_a_row_makes_the_pause_longer() {
        Repetition repetition = new Repetition(this::plan, () -> {});
        for (int failures = 1; failures <= 3; failures++) {
            repetition.plan();
            repetition.begun();
        }
        assertEquals(List.of(1, 2, 3), pauses);
    }

    @Test
    void what_fails_until_then_is_tried_with_the_one_that_is_planned() {
        Repetition repetition = new Repetition(this::plan, () -> {});
        repetition.plan();
        repetition.plan();
        assertEquals(List.of(1), pauses);
    }

    @Test
    void one_that_could_not_be_planned_keeps_no_other_from_being_so() {
        OutOfMemoryError none = new OutOfMemoryError("no thread");
        Repetition repetition = new Repetition(
                (failures, attempt) -> {
                    pauses.add(failures);
                    throw none;
                },
                () -> {});
        assertThrows(OutOfMemoryError.class, repetition::plan);
        assertThrows(OutOfMemoryError.class, repetition::plan);
        assertEquals(List.of(1, 1), pauses);
    }
}
