package dev.avow.benchmarks.services;

import dev.avow.benchmarks.manager.Managed;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The two processes. */
@State(Scope.Benchmark)
public class Services {
    private static final int WARMING = 32;

    private final List<Service> services = new ArrayList<>();
    private final Wire wire = new Wire();

    @Setup
    public void start() throws IOException {
        for (String name : List.of("orders", "payments")) {
            services.add(new Service(name));
        }
    }

    List<String> names() {
        return services.stream().map(Service::name).toList();
    }

    /** To that one, counted. */
    Channel channel(int service) {
        return ClientInterceptors.intercept(services.get(service).channel(), wire);
    }

    long messages() {
        return wire.messages();
    }

    /**
     * By more threads than {@link Managed} does: they wait for the network nearly all the time, and of so few transactions
     * nothing would be compiled, in none of the processes.
     */
    void warmUp(Work work) throws Exception {
        long millis = Long.getLong(Managed.WARM_UP_MILLIS, 0);
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        ExecutorService callers = Executors.newFixedThreadPool(WARMING);
        try {
            Callable<Boolean> caller = () -> {
                while (System.nanoTime() < endNanos) {
                    work.run();
                }
                return true;
            };
            for (Future<Boolean> each : callers.invokeAll(Collections.nCopies(WARMING, caller))) {
                each.get();
            }
        } finally {
            callers.shutdown();
        }
    }

    /** Ends them; returns what each has done. */
    List<String> end() throws IOException {
        List<String> done = new ArrayList<>();
        for (Service service : services) {
            done.add(service.end());
        }
        return done;
    }

    @TearDown
    public void close() {
        services.forEach(Service::close);
    }
}
