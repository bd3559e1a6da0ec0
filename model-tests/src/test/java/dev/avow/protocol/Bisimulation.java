package dev.avow.protocol;

import dev.avow.cli.diagram.DiagramFile;
import dev.avow.oracle.SpecOracle;
import dev.avow.oracle.SpecStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares the protocol functions with the specification, in every state that the functions can reach: each step of the
 * code must be that step of the specification, by its name, its parameters and the state that it leads to, and each step
 * that the specification allows must be one of the code's (Milner, "Communication and Concurrency", 1989, chapter 4).
 *
 * <p>A state is more than the specification sees: the code remembers votes after the decision, for example. All states that
 * look alike to the specification are compared, and each must have exactly the same steps.
 */
final class Bisimulation {
    private final SpecOracle oracle;
    private final Protocol protocol;
    private final WorldConfig config;
    private final SpecView view;
    private final WorldKey key;

    private final Queue<Node> open = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    /** What the specification sees of them. */
    private final Set<String> seen = new HashSet<>();

    private long codeEdges;
    private long specEdges;
    private final Map<String, Long> taken = new TreeMap<>();
    private final Set<Excuse> used = EnumSet.noneOf(Excuse.class);

    Bisimulation(SpecOracle oracle, Protocol protocol, WorldConfig config, boolean symmetric) {
        this.oracle = oracle;
        this.protocol = protocol;
        this.config = config;
        this.view = new SpecView(config);
        this.key = new WorldKey(view, symmetric);
    }

    /** A state with the way that led there first: the shortest one. */
    private record Node(World world, Optional<Node> before, Optional<Move> by) {}

    private record Edge(String action, Map<String, Object> to) {}

    /** A difference between the code and the specification. */
    record Difference(String what, List<Move> path) {
        /** The way to it as a text, and where it is drawn. */
        String report(Instance instance) {
            StringBuilder text = new StringBuilder(what).append("\nThe shortest way there:\n");
            path.forEach(move -> text.append("  ").append(move).append('\n'));
            Path drawing = Path.of("target", "conformance", instance.world() + "-difference.html")
                    .toAbsolutePath();
            try {
                Files.createDirectories(drawing.resolveSibling("."));
                String title = "The code and the specification differ: " + instance.world();
                DiagramFile.write(drawing, MoveDiagram.of(title, instance.world(), path, what));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return text.append("Drawn in ").append(drawing).append('\n').toString();
        }
    }

    /**
     * How it went.
     *
     * @param states the states of the code
     * @param specStates what the specification sees of them
     * @param taken how often each action was taken
     * @param used the excuses that were needed
     */
    record Result(
            long states,
            long specStates,
            long codeEdges,
            long specEdges,
            Map<String, Long> taken,
            Set<Excuse> used,
            Optional<Difference> difference) {}

    Result run() {
        World start = new World(protocol, config);
        find(new Node(start, Optional.empty(), Optional.empty()));
        Optional<Difference> difference = oracle.initialStates().equals(List.of(view.of(start)))
                ? Optional.empty()
                : Optional.of(new Difference("the initial states differ", List.of()));
        while (difference.isEmpty() && !open.isEmpty()) {
            difference = compare(open.remove());
        }
        return new Result(known.size(), seen.size(), codeEdges, specEdges, taken, used, difference);
    }

    private void find(Node node) {
        if (known.add(key.of(node.world()))) {
            open.add(node);
        }
    }

    private Optional<Difference> compare(Node node) {
        Map<String, Object> here = view.of(node.world());
        Map<Edge, Move> code = new HashMap<>();
        List<World> hidden = new ArrayList<>();
        for (Move move : wholeMoves(node.world())) {
            World next = node.world().copy();
            Move done = next.take(move).move();
            find(new Node(next, Optional.of(node), Optional.of(done)));
            Map<String, Object> there = view.of(next);
            if (there.equals(here)) {
                hidden.add(next);
            } else {
                code.put(new Edge(SpecLabel.of(done), there), done);
            }
        }
        List<SpecStep> allowed = oracle.stepsFrom(here);
        excuse(allowed, code, hidden);
        if (seen.add(key.seen(node.world()))) {
            codeEdges += code.size();
            specEdges += allowed.size();
            code.values().forEach(move -> taken.merge(move.action(), 1L, Long::sum));
        }
        return difference(node, code, allowed);
    }

    /** Counts as the code's what it takes after a step that the specification doesn't see, where that is listed. */
    private void excuse(List<SpecStep> allowed, Map<Edge, Move> code, List<World> hidden) {
        for (SpecStep step : allowed) {
            Edge wanted = new Edge(step.action(), step.to());
            Optional<Excuse> excuse = Excuse.of(step.action());
            if (excuse.isEmpty() || code.containsKey(wanted)) {
                continue;
            }
            for (World world : hidden) {
                for (Move move : wholeMoves(world)) {
                    World next = world.copy();
                    Move done = next.take(move).move();
                    if (SpecLabel.of(done).equals(step.action())
                            && view.of(next).equals(step.to())) {
                        used.add(excuse.get());
                        code.put(wanted, done);
                    }
                }
            }
        }
    }

    /** A crash in the middle of a step is a shorter step and a crash, which the specification has no name for. */
    private static List<Move> wholeMoves(World world) {
        List<Move> moves = new ArrayList<>();
        for (Move.Band band : Move.Band.values()) {
            moves.addAll(Moves.in(world).of(band));
        }
        moves.removeIf(move -> (move instanceof Move.OfCoordinator step && step.isCut())
                || (move instanceof Move.OfParticipant participant && participant.isCut()));
        return moves;
    }

    private static Optional<Difference> difference(Node node, Map<Edge, Move> code, List<SpecStep> allowed) {
        Set<Edge> spec = new HashSet<>();
        allowed.forEach(step -> spec.add(new Edge(step.action(), step.to())));
        for (Map.Entry<Edge, Move> step : code.entrySet()) {
            if (!spec.contains(step.getKey())) {
                return Optional.of(new Difference(
                        "the code takes a step that the specification doesn't have here: "
                                + step.getKey().action()
                                + nearest(step.getKey(), spec),
                        path(node, Optional.of(step.getValue()))));
            }
        }
        for (Edge step : spec) {
            if (!code.containsKey(step)) {
                return Optional.of(new Difference(
                        "the specification allows a step that the code doesn't take here: " + step.action(),
                        path(node, Optional.empty())));
            }
        }
        return Optional.empty();
    }

    /** Where the specification has the step, what it leads to there and not here. */
    private static String nearest(Edge step, Set<Edge> spec) {
        return spec.stream()
                .filter(other -> other.action().equals(step.action()))
                .findFirst()
                .map(other -> differing(step.to(), other.to()))
                .orElse("; it isn't enabled");
    }

    private static String differing(Map<String, Object> code, Map<String, Object> spec) {
        StringBuilder text = new StringBuilder();
        code.forEach((variable, value) -> {
            if (!value.equals(spec.get(variable))) {
                text.append("\n  ").append(variable).append(": code ").append(value);
                text.append(", specification ").append(spec.get(variable));
            }
        });
        return text.toString();
    }

    private static List<Move> path(Node end, Optional<Move> last) {
        List<Move> path = new ArrayList<>();
        last.ifPresent(path::add);
        for (Optional<Node> node = Optional.of(end);
                node.isPresent();
                node = node.get().before()) {
            node.get().by().ifPresent(path::add);
        }
        Collections.reverse(path);
        return path;
    }
}
