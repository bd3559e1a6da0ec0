package dev.avow.models;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs each model of a table once, as many at a time as there are processors. */
final class ModelRuns implements AutoCloseable {
    private final ExecutorService pool;
    private final Map<String, Future<TlcResult>> runs = new LinkedHashMap<>();

    /** Starts all runs, the largest first: a large one started last would run alone. */
    ModelRuns(List<Model> models, Tlc tlc) {
        pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), ModelRuns::daemon);
        models.stream()
                .sorted(Comparator.comparingLong(Model::expectedSize).reversed())
                .forEach(model -> runs.computeIfAbsent(model.config(), config -> pool.submit(() -> tlc.run(model))));
    }

    /** Waits for a model's result. */
    TlcResult result(Model model) {
        Future<TlcResult> run = Optional.ofNullable(runs.get(model.config()))
                .orElseThrow(() -> new IllegalArgumentException(model.config() + " was not started"));
        try {
            return run.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while TLC runs " + model.config(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Stops what still runs. */
    @Override
    public void close() {
        pool.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "tlc");
        thread.setDaemon(true);
        return thread;
    }
}
