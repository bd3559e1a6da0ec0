package dev.avow.benchmarks.manager;

import dev.avow.benchmarks.manager.Witness.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * As many transactions as were asked for, without a harness or a warm-up: for counting what the process asks of the system.
 * Fails unless both branches of each went through both phases, or, where resources answer otherwise than yes, none was
 * told to commit.
 */
final class CountedRun {
    private CountedRun() {}

    /** Expects the manager's name, how many threads, how many transactions they share, and what resources answer. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("expected: manager threads transactions YES|READ_ONLY|NO");
        }
        int status = 1;
        try {
            Answer answer = Answer.valueOf(arguments[3]);
            run(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), answer);
            status = 0;
        } catch (Exception failure) {
            System.getLogger(CountedRun.class.getName()).log(System.Logger.Level.ERROR, arguments[0], failure);
        }
        // Some peers leave threads behind that would keep the process alive.
        System.exit(status);
    }

    private static void run(String manager, int threads, int transactions, Answer answer) throws Exception {
        Managed managed = new Managed();
        managed.manager = manager;
        managed.start();
        List<Callable<Void>> callers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            int share = transactions / threads + (thread < transactions % threads ? 1 : 0);
            callers.add(() -> commit(managed, number, share, answer));
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (Future<Void> finished : pool.invokeAll(callers)) {
            finished.get();
        }
        pool.shutdown();
        managed.close();
        System.out.println(manager + ": " + transactions + " transactions on " + threads + " threads");
    }

    private static Void commit(Managed managed, int thread, int transactions, Answer answer) throws Exception {
        Witness first = new Witness(thread, answer);
        Witness second = new Witness(thread, answer);
        Caller caller = new Caller(first, second);
        caller.prepare(managed);
        for (int transaction = 0; transaction < transactions; transaction++) {
            boolean committed = isCommitted(caller);
            if (committed != (answer != Answer.NO)) {
                throw new IllegalStateException("committed: " + committed + ", and its resources answered " + answer);
            }
        }
        if (answer == Answer.YES) {
            caller.requireBothPhases();
        } else if (first.prepared() < transactions || first.committed() + second.committed() > 0) {
            throw new IllegalStateException(first.prepared() + " of " + transactions + " were prepared, and "
                    + (first.committed() + second.committed()) + " told to commit");
        }
        return null;
    }

    private static boolean isCommitted(Caller caller) throws Exception {
        try {
            caller.commitOne();
            return true;
        } catch (Exception failure) {
            // The standard's, in its package or in that which it had before, or a manager's own.
            if (failure.getClass().getSimpleName().endsWith("RollbackException")) {
                return false;
            }
            throw failure;
        }
    }
}
