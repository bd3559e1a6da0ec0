package dev.avow.cli.simulate;

import dev.avow.cli.terminal.Progress;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Result;
import dev.avow.simulator.Settings;
import dev.avow.simulator.Simulation;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Consecutive seeds to be run.
 *
 * @param first the first seed
 * @param count how many
 */
public record Seeds(Settings settings, long first, int count, Flaw flaw) {
    private static final int AHEAD_FOR_EACH_CORE = 4;

    /** Runs them on every core, each world in one thread, up to the first broken rule. */
    public Tally run(Progress progress) throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(cores);
        try {
            return run(new ExecutorCompletionService<>(workers), AHEAD_FOR_EACH_CORE * cores, progress);
        } finally {
            workers.shutdownNow();
        }
    }

    private Tally run(CompletionService<Result> worlds, int ahead, Progress progress) throws InterruptedException {
        Tally tally = new Tally();
        int begun = 0;
        for (int done = 0; done < count; done++) {
            while (begun < Math.min(count, done + ahead) && tally.failure().isEmpty()) {
                long seed = first + begun++;
                worlds.submit(() -> Simulation.run(settings, seed, flaw));
            }
            if (done == begun) {
                break;
            }
            tally.add(result(worlds));
            progress.step();
        }
        return tally;
    }

    private static Result result(CompletionService<Result> worlds) throws InterruptedException {
        try {
            return worlds.take().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a simulated world failed otherwise than by a rule: " + e.getCause(), e);
        }
    }
}
