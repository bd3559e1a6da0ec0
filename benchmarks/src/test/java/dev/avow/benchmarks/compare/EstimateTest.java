package dev.avow.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final double CLOSE = 1e-3;

    @Test
    void few_samples_have_students_interval() {
        Estimate.Interval interval = Estimate.of(List.of(1.0, 2.0, 3.0)).interval(0.99);
        // t(0.995; 2) = 9.925, standard error 0.5774.
        assertEquals(2 - 5.730, interval.low(), CLOSE);
        assertEquals(2 + 5.730, interval.high(), CLOSE);
    }

    @Test
    void a_difference_has_welchs_degrees_of_freedom() {
        Estimate difference = Estimate.of(List.of(1.0, 2.0, 3.0, 4.0)).minus(Estimate.of(List.of(10.0, 30.0)));
        assertEquals(2.5 - 20, difference.mean(), CLOSE);
        assertEquals(1.667 / 4 + 200 / 2.0, difference.variance(), CLOSE);
        assertEquals(1.008, difference.degrees(), CLOSE);
    }

    @Test
    void one_wild_round_of_five_moves_nothing() {
        Estimate calm = Estimate.of(List.of(1.0, 1.1, 1.2, 1.3, 1.4));
        Estimate wild = Estimate.of(List.of(1.0, 1.1, 1.2, 1.3, 99.0));
        assertEquals(calm, wild);
    }

    @Test
    void one_sample_says_nothing_of_the_noise() {
        Estimate.Interval interval =
                Estimate.of(List.of(1.0)).minus(Estimate.of(List.of(2.0, 2.1))).interval(0.99);
        assertEquals(Double.NEGATIVE_INFINITY, interval.low());
        assertEquals(Double.POSITIVE_INFINITY, interval.high());
    }

    @Test
    void what_never_varies_is_known_exactly() {
        Estimate.Interval interval = Estimate.of(List.of(264.0, 264.0, 264.0))
                .minus(Estimate.of(List.of(200.0, 200.0, 200.0)))
                .interval(0.99);
        assertTrue(interval.low() == 64 && interval.high() == 64, interval::toString);
    }
}
