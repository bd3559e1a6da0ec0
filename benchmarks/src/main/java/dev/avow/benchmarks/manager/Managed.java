package dev.avow.benchmarks.manager;

import dev.avow.benchmarks.disk.Folders;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The manager that one measurement is about, after a warm-up by few threads. Of 128 threads on two cores none leaves the
 * just-in-time compiler more than a 64th of them: what is measured a few seconds later is interpreted code, and more of it
 * the more code a manager has. One thread alone doesn't do: what only threads that meet each other run is thrown back to
 * the interpreter when they first do, and whole methods with it.
 */
@State(Scope.Benchmark)
public class Managed {
    /**
     * System property: for how many milliseconds few threads commit before the measurement's own begin; one of them alone
     * for the first half of that.
     */
    public static final String WARM_UP_MILLIS = "dev.avow.benchmarks.warmUpMillis";

    private static final long WARM_UP_MILLIS_IF_UNSET = 2000;
    private static final int FEW = 4;

    /** One of those on the class path. */
    @Param({"avow"})
    public String manager = "avow";

    private final Path directory = Folders.create();
    private Optional<Manager.Running> running = Optional.empty();

    @Setup
    public void open() throws Exception {
        start();
        long millis = Long.getLong(WARM_UP_MILLIS, WARM_UP_MILLIS_IF_UNSET);
        warmUp(1, millis / 2);
        warmUp(FEW, millis / 2);
    }

    /** As {@link #open}, and not warmed up: for whoever counts. */
    void start() throws Exception {
        running = Optional.of(find(manager).open(directory));
    }

    private void warmUp(int threads, long millis) throws Exception {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            Callable<Void> caller = () -> commitUntil(endNanos);
            for (Future<Void> each : callers.invokeAll(Collections.nCopies(threads, caller))) {
                each.get();
            }
        } finally {
            callers.shutdown();
        }
    }

    private Void commitUntil(long endNanos) throws Exception {
        Manager.Work work = running().work(new NoOpResource(), new NoOpResource());
        while (System.nanoTime() < endNanos) {
            work.run();
        }
        return null;
    }

    private static Manager find(String name) {
        List<Manager> all = ServiceLoader.load(Manager.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return all.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no manager called \"" + name
                        + "\" is on the class path; there is "
                        + all.stream().map(Manager::name).sorted().toList()));
    }

    public Manager.Running running() {
        return running.orElseThrow();
    }

    @TearDown
    public void close() throws Exception {
        running().close();
        Folders.delete(directory);
    }
}
