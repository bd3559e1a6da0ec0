package dev.avow.protocol;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One history, a function of the protocol, the configuration and the choices: each choice picks one of the moves that are
 * possible just then; when the choices are used up, the faults stop and a fair schedule brings the world to rest. It ends
 * early in the first state that breaks a rule.
 *
 * @param transcript what happened, one line per step
 * @param broken the rules that don't hold in the last state
 * @param sights the interesting cases that occurred
 * @param world the last state
 */
record Run(
        WorldConfig config,
        List<Integer> choices,
        List<World.Line> transcript,
        Set<Rule> broken,
        Set<Sight> sights,
        World world) {
    // Without faults a world can only move on: in 60,000 histories the longest way to rest had 9 steps for each branch.
    private static final int STEPS_PER_BRANCH = 30;

    private static final Set<Rule> ALL_RULES = EnumSet.allOf(Rule.class);

    static Run of(Protocol protocol, WorldConfig config, List<Integer> choices) {
        World world = new World(protocol, config);
        List<World.Line> transcript = new ArrayList<>();
        Set<Rule> broken = EnumSet.noneOf(Rule.class);
        Set<Sight> sights = new LinkedHashSet<>();
        for (int choice : choices) {
            Optional<Move> move = Moves.in(world).chosen(choice);
            if (move.isEmpty() || !broken.isEmpty()) {
                break;
            }
            sights.addAll(Sight.of(world, move.get()));
            transcript.add(world.take(move.get()));
            broken.addAll(brokenIn(world));
        }
        int untilRest = transcript.size() + STEPS_PER_BRANCH * config.branches();
        while (broken.isEmpty() && !world.isAtRest()) {
            Optional<Move> move = Moves.in(world).fair();
            if (move.isEmpty()) {
                world.comeToRest();
            } else if (transcript.size() == untilRest) {
                broken.add(Rule.TERMINATION);
            } else {
                sights.addAll(Sight.of(world, move.get()));
                transcript.add(world.take(move.get()));
            }
            broken.addAll(brokenIn(world));
        }
        return new Run(config, List.copyOf(choices), List.copyOf(transcript), broken, sights, world);
    }

    /** Reads what {@link #text} writes. */
    static Run parse(Protocol protocol, String text) {
        String[] parts = text.split(":", -1);
        List<Integer> choices = parts.length < 2 || parts[1].isBlank()
                ? List.of()
                : List.of(parts[1].split(",", -1)).stream()
                        .map(choice -> Integer.valueOf(choice.strip()))
                        .toList();
        return of(protocol, WorldConfig.parse(parts[0]), choices);
    }

    private static Set<Rule> brokenIn(World world) {
        Set<Rule> broken = EnumSet.noneOf(Rule.class);
        for (Rule rule : ALL_RULES) {
            if (!rule.holdsIn(world)) {
                broken.add(rule);
            }
        }
        return broken;
    }

    boolean keepsEveryRule() {
        return broken.isEmpty();
    }

    boolean saw(Sight sight) {
        return sights.contains(sight);
    }

    /** The configuration and the choices, to be given to {@link #parse}. */
    String text() {
        return config + ":" + choices.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** What a person needs to see the history and to see it again. */
    String report() {
        String rules = broken.isEmpty()
                ? "Every rule holds.\n"
                : broken.stream()
                        .map(rule -> rule.specName() + " is broken: " + rule.sentence() + "\n")
                        .collect(Collectors.joining());
        String steps = IntStream.range(0, transcript.size())
                .mapToObj(line -> String.format("%4d  %s%n", line + 1, transcript.get(line)))
                .collect(Collectors.joining());
        return rules + steps + "Repeat it:\n  mvn -q -pl model-tests -am test -Dtest=ReplayTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Davow.run=" + text() + "\n";
    }
}
