package dev.avow.benchmarks.manager;

import dev.avow.benchmarks.disk.Folders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The manager that one measurement is about. */
@State(Scope.Benchmark)
public class Managed {
    /** One of those on the class path. */
    @Param({"avow"})
    public String manager = "avow";

    private final Path directory = Folders.create();
    private Optional<Manager.Running> running = Optional.empty();

    @Setup
    public void open() throws Exception {
        running = Optional.of(find(manager).open(directory));
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
