package dev.avow.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The state graph that TLC itself draws of a model, in a process of its own.
 *
 * @param states each as TLC prints it
 * @param edges with the action's name, without its parameters: TLC leaves them out
 */
record StateGraph(Set<String> states, Set<Edge> edges) {
    private static final Pattern STATE = Pattern.compile("^(-?\\d+) \\[label=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern EDGE = Pattern.compile("^(-?\\d+) -> (-?\\d+) \\[label=\"(\\w+)\"");
    private static final long DEADLINE_MINUTES = 2;

    record Edge(String from, String action, String to) {}

    static StateGraph dump(Path module, Path config, Path work) throws IOException, InterruptedException {
        Path graph = work.resolve("graph.dot");
        Path output = work.resolve("tlc.log");
        Process tlc = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + work,
                        "-cp",
                        Path.of(OracleLoader.placeOf(tlc2.TLC.class).getPath()).toString(),
                        "tlc2.TLC",
                        "-deadlock",
                        "-checkpoint",
                        "0",
                        "-metadir",
                        work.resolve("meta").toString(),
                        "-dump",
                        "dot,actionlabels",
                        graph.toString(),
                        "-config",
                        config.toString(),
                        module.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!tlc.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES) || tlc.exitValue() != 0) {
                throw new IllegalStateException("TLC drew no graph of " + config + ":\n" + Files.readString(output));
            }
        } finally {
            tlc.destroyForcibly();
        }
        return parse(Files.readAllLines(graph));
    }

    private static StateGraph parse(List<String> lines) {
        Map<String, String> states = new HashMap<>();
        lines.stream()
                .map(STATE::matcher)
                .filter(Matcher::find)
                .forEach(state -> states.put(state.group(1), plain(state.group(2))));
        Set<Edge> edges = new HashSet<>();
        lines.stream()
                .map(EDGE::matcher)
                .filter(Matcher::find)
                .forEach(edge -> edges.add(new Edge(
                        states.getOrDefault(edge.group(1), "?"),
                        edge.group(3),
                        states.getOrDefault(edge.group(2), "?"))));
        return new StateGraph(Set.copyOf(states.values()), edges);
    }

    private static String plain(String label) {
        return label.replace("\\n", "\n")
                .replace("\\\"", "\"")
                .replace("\\\\", "\\")
                .strip();
    }
}
