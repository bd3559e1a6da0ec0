package dev.avow.benchmarks.manager;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * As many transactions as were asked for, without a harness: for counting what the process asks of the system. Fails unless
 * both branches of each went through both phases.
 */
final class CountedRun {
    private CountedRun() {}

    /** Expects the manager's name, how many threads, and how many transactions they share. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("expected: manager threads transactions");
        }
        int status = 1;
        try {
            run(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            status = 0;
        } catch (Exception failure) {
            System.getLogger(CountedRun.class.getName()).log(System.Logger.Level.ERROR, arguments[0], failure);
        }
        // Some peers leave threads behind that would keep the process alive.
        System.exit(status);
    }

    private static void run(String manager, int threads, int transactions) throws Exception {
        Managed managed = new Managed();
        managed.manager = manager;
        managed.open();
        List<Callable<Void>> callers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            int share = transactions / threads + (thread < transactions % threads ? 1 : 0);
            callers.add(() -> commit(managed, number, share));
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (Future<Void> finished : pool.invokeAll(callers)) {
            finished.get();
        }
        pool.shutdown();
        managed.close();
        System.out.println(manager + ": " + transactions + " transactions on " + threads + " threads");
    }

    private static Void commit(Managed managed, int thread, int transactions) throws Exception {
        Caller caller = new Caller(new Witness(thread), new Witness(thread));
        caller.prepare(managed);
        for (int transaction = 0; transaction < transactions; transaction++) {
            caller.commitOne();
        }
        caller.requireBothPhases();
        return null;
    }
}
