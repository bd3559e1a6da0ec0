package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Step.Arrival;
import dev.avow.cli.diagram.Step.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One run: who took part, left to right, and what happened, top to bottom. Immutable and checked: a diagram that exists
 * can be drawn.
 *
 * @param title what the run shows
 * @param lanes the processes' names, each once
 * @param steps what happened, in order
 */
public record Diagram(String title, List<String> lanes, List<Step> steps) {

    /**
     * Checks that every step fits the diagram.
     *
     * @throws IllegalArgumentException if there is no lane, a lane is blank or there twice, a step names an unknown lane,
     *     or an arrival names no earlier message that may arrive later
     */
    public Diagram {
        Objects.requireNonNull(title, "title");
        lanes = List.copyOf(lanes);
        steps = List.copyOf(steps);
        requireDistinct(lanes, title);
        for (int index = 0; index < steps.size(); index++) {
            Step step = steps.get(index);
            requireKnown(step, index, lanes);
            if (step instanceof Arrival arrival) {
                requireArrives(arrival, index, steps);
            }
        }
    }

    /** The message that {@code arrival}, a step of this diagram, is the arrival of. */
    Message messageOf(Arrival arrival) {
        if (steps.get(arrival.message()) instanceof Message message) {
            return message;
        }
        throw new IllegalArgumentException("step index " + arrival.message() + " is no message of this diagram");
    }

    /** Each step's number in the margin, from 1, by index; a step without a number repeats the last one before it. */
    List<Integer> numbers() {
        Integer[] numbers = new Integer[steps.size()];
        int number = 0;
        for (int index = 0; index < numbers.length; index++) {
            if (steps.get(index).numbered()) {
                number++;
            }
            numbers[index] = number;
        }
        return List.of(numbers);
    }

    private static void requireDistinct(List<String> lanes, String title) {
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException("the diagram \"" + title + "\" has no lanes: name at least one process");
        }
        Set<String> seen = new HashSet<>();
        for (String lane : lanes) {
            if (lane.isBlank()) {
                throw new IllegalArgumentException("a lane of the diagram \"" + title + "\" has a blank name");
            }
            if (!seen.add(lane)) {
                throw new IllegalArgumentException("the diagram \"" + title + "\" has the lane \"" + lane
                        + "\" twice: give each process its own name");
            }
        }
    }

    private static void requireKnown(Step step, int index, List<String> lanes) {
        for (String lane : step.lanes()) {
            if (!lanes.contains(lane)) {
                throw new IllegalArgumentException("step index " + index + ", " + step + ", names the lane \"" + lane
                        + "\", but the lanes are: " + String.join(", ", lanes));
            }
        }
    }

    private static void requireArrives(Arrival arrival, int index, List<Step> steps) {
        int sent = arrival.message();
        String claim = "step index " + index + " is the arrival of the step with index " + sent + ", ";
        if (sent < 0 || sent >= index) {
            throw new IllegalArgumentException(claim + "which isn't before it: name the message's index, from 0");
        }
        if (!(steps.get(sent) instanceof Message message)) {
            throw new IllegalArgumentException(claim + "which is no message but " + steps.get(sent));
        }
        if (!message.fate().mayArriveLater()) {
            throw new IllegalArgumentException(
                    claim + "a message that is " + message.fate() + ": only DELAYED and REPEATED ones arrive later");
        }
    }
}
