package dev.avow.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.benchmarks.plan.Plans;
import dev.avow.benchmarks.result.Benchmark;
import dev.avow.benchmarks.result.Measured;
import dev.avow.benchmarks.result.Result;
import dev.avow.benchmarks.result.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the comparison makes of noise: it doesn't cry wolf, and it sees one. */
class SimulatedNoiseTest {
    private static final int MANY = 50_000;
    private static final int FEWER = 5_000;
    private static final double LOSS = 0.2;
    private static final double REAL_LOSS = 0.3;
    private static final int ROUNDS = Plans.shortPlan().rounds();
    private static final Benchmark LIMIT = new Benchmark("a.DurableBenchmark.limitOneForce", "thrpt", 1, Map.of());
    private static final Benchmark AVOW =
            new Benchmark("a.DurableBenchmark.transaction", "thrpt", 1, Map.of("manager", "avow"));

    /**
     * A machine.
     *
     * @param ofCell from measurement to measurement: standard deviation of the logarithm
     * @param stumbles how many measurements of 100 hit a disk that is up to three times slower, and then it alone
     * @param ofRun of the ratio itself, from run to run
     */
    private record Machine(double ofCell, int stumbles, double ofRun) {
        /** One run: benchmark and limit in turn, on a disk that drifts and that is slow for whole rounds. */
        Result run(RandomGenerator random, double speed) {
            double drift = random.nextGaussian() * 0.5;
            double ratio = speed * 0.9 * Math.exp(random.nextGaussian() * ofRun);
            double[] limit = new double[ROUNDS];
            double[] avow = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                drift += random.nextGaussian() * 0.1;
                double slowRound = random.nextInt(10) == 0 ? 3 : 1;
                double disk = 5000 * Math.exp(drift) / slowRound;
                limit[round] = disk * noise(random);
                avow[round] = disk * ratio * noise(random);
            }
            return new Result(List.of(measured(LIMIT, limit), measured(AVOW, avow)), Optional.empty());
        }

        private double noise(RandomGenerator random) {
            double stumble = random.nextInt(100) < stumbles ? 1 + 2 * random.nextDouble() : 1;
            return Math.exp(random.nextGaussian() * ofCell) / stumble;
        }

        /** How many comparisons of 1 find a loss. */
        double found(double speed, int comparisons, long seed) {
            RandomGenerator random = new SplittableRandom(seed);
            long found = IntStream.range(0, comparisons)
                    .filter(unused -> !new Comparison(run(random, 1), run(random, speed), LOSS)
                            .lost()
                            .isEmpty())
                    .count();
            System.out.println(this + ", speed " + speed + ": " + found + " losses found in " + comparisons);
            return (double) found / comparisons;
        }
    }

    private static final Machine USUAL = new Machine(0.05, 2, 0.01);
    private static final Machine NOISY = new Machine(0.1, 5, 0.02);
    private static final Machine AWFUL = new Machine(0.2, 10, 0.03);

    private static Measured measured(Benchmark benchmark, double[] rounds) {
        List<List<Double>> forks = IntStream.range(0, rounds.length)
                .mapToObj(round -> List.of(rounds[round]))
                .toList();
        return new Measured(benchmark, new Samples(forks, "ops/s"), Map.of());
    }

    @Test
    void unchanged_code_fails_less_than_once_in_10_000_comparisons() {
        assertTrue(USUAL.found(1, MANY, 1) < 1e-4);
    }

    @Test
    void more_noise_hides_losses_but_invents_hardly_any() {
        assertTrue(NOISY.found(1, MANY, 2) < 3e-4);
        assertTrue(AWFUL.found(1, MANY, 3) < 3e-4);
    }

    @Test
    void a_loss_of_30_percent_is_found_nearly_always() {
        assertTrue(USUAL.found(1 - REAL_LOSS, FEWER, 4) > 0.92);
    }

    @Test
    void a_loss_of_half_is_mostly_found_on_a_noisy_machine_too() {
        assertTrue(NOISY.found(0.5, FEWER, 5) > 0.8);
    }

    @Test
    void a_loss_that_is_let_pass_fails_seldom() {
        assertTrue(USUAL.found(0.9, FEWER, 6) < 0.01);
    }
}
