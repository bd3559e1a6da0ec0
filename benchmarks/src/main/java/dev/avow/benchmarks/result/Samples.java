package dev.avow.benchmarks.result;

import java.util.List;

/**
 * What was read off: for each fork (in a result of the command run, for each round) one number for each iteration.
 *
 * @param forks at least one, and none of them empty
 */
public record Samples(List<List<Double>> forks, String unit) {
    public Samples {
        forks = forks.stream().map(List::copyOf).toList();
        if (forks.isEmpty() || forks.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a fork without a single iteration: " + forks);
        }
    }

    /** One number for each fork; of a single fork its iterations, which is less: they share one process. */
    public List<Double> independent() {
        return forks.size() == 1
                ? forks.get(0)
                : forks.stream().map(Samples::mean).toList();
    }

    public boolean isSingleFork() {
        return forks.size() == 1;
    }

    public double mean() {
        return mean(forks.stream().map(Samples::mean).toList());
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
