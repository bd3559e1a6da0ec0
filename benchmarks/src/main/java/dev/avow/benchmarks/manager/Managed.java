package dev.avow.benchmarks.manager;

import dev.avow.benchmarks.disk.Folders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The manager that one measurement is about, after one thread has warmed it up. Of 128 threads on two cores none leaves the
 * just-in-time compiler more than a 64th of them: what is measured a few seconds later is interpreted code, and more of it
 * the more code a manager has.
 */
@State(Scope.Benchmark)
public class Managed {
    /** System property: for how many milliseconds one thread commits before the measurement's own threads begin. */
    public static final String ALONE_MILLIS = "dev.avow.benchmarks.aloneMillis";

    private static final long ALONE_MILLIS_IF_UNSET = 2000;

    /** One of those on the class path. */
    @Param({"avow"})
    public String manager = "avow";

    private final Path directory = Folders.create();
    private Optional<Manager.Running> running = Optional.empty();

    @Setup
    public void open() throws Exception {
        running = Optional.of(find(manager).open(directory));
        warmUp(Long.getLong(ALONE_MILLIS, ALONE_MILLIS_IF_UNSET));
    }

    private void warmUp(long millis) throws Exception {
        Manager.Work work = running().work(new NoOpResource(), new NoOpResource());
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < endNanos) {
            work.run();
        }
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
