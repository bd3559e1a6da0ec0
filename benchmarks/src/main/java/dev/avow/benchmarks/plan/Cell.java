package dev.avow.benchmarks.plan;

import dev.avow.benchmarks.manager.Slowed;
import dev.avow.benchmarks.result.Benchmark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One benchmark with one number of threads and one value for each parameter: what one process measures.
 *
 * @param peer the folder below benchmarks/peers whose class path it needs; none for Avow and the limits
 * @param rounds in how many rounds it is measured at most
 * @param slowed how it is slowed on purpose, if it is
 */
public record Cell(
        Class<?> in,
        String method,
        int threads,
        Map<String, String> params,
        Optional<String> peer,
        Timing timing,
        int rounds,
        Optional<Slowed> slowed) {
    public Cell {
        params = new LinkedHashMap<>(params);
    }

    public static Cell of(Class<?> in, String method, int threads, Timing timing) {
        return new Cell(in, method, threads, Map.of(), Optional.empty(), timing, Integer.MAX_VALUE, Optional.empty());
    }

    public Cell with(String param, Object value) {
        Map<String, String> more = new LinkedHashMap<>(params);
        more.put(param, String.valueOf(value));
        return copy(more, peer, rounds, slowed);
    }

    /** With the manager of that name, and the class path that it needs. */
    public Cell by(String manager) {
        int atMost = Peers.isFarBehind(manager) ? 1 : rounds;
        return copy(with("manager", manager).params, Peers.folderOf(manager), atMost, slowed);
    }

    /** For what takes so long that one round has to be enough. */
    public Cell once() {
        return copy(params, peer, 1, slowed);
    }

    /** The same, slowed on purpose if it measures Avow. */
    Cell slowed(Slowed how) {
        boolean isAvow = peer.isEmpty() && params.containsKey("manager");
        return isAvow ? copy(params, peer, rounds, Optional.of(how)) : this;
    }

    private Cell copy(Map<String, String> newParams, Optional<String> newPeer, int most, Optional<Slowed> how) {
        return new Cell(in, method, threads, newParams, newPeer, timing, most, how);
    }

    /** What JMH is told, but for where its result goes. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "^" + Pattern.quote(in.getName() + "." + method) + "$", "-f", "1", "-foe", "true", "-prof", "gc"));
        arguments.addAll(List.of("-t", String.valueOf(threads)));
        params.forEach((name, value) -> arguments.addAll(List.of("-p", name + "=" + value)));
        arguments.addAll(timing.arguments());
        String slow = slowed.map(how -> " " + how.argument()).orElse("");
        arguments.addAll(List.of("-jvmArgsAppend", timing.jvmArgument() + slow));
        return arguments;
    }

    public String label() {
        return new Benchmark(in.getName() + "." + method, "", threads, new TreeMap<>(params)).label();
    }
}
