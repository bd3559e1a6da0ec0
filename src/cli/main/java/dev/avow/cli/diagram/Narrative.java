package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Step.Arrival;
import dev.avow.cli.diagram.Step.Message;
import java.util.ArrayList;
import java.util.List;

/** The run in words: for tooltips, for screen readers and for who would rather read. */
final class Narrative implements Step.Cases<String> {

    private final Diagram diagram;
    private final List<Integer> numbers;

    Narrative(Diagram diagram) {
        this.diagram = diagram;
        this.numbers = diagram.numbers();
    }

    /** One sentence for each step, led by its number if it has one. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        for (int index = 0; index < diagram.steps().size(); index++) {
            Step step = diagram.steps().get(index);
            String sentence = step.accept(this);
            sentences.add(step.numbered() ? numbers.get(index) + ". " + sentence : sentence);
        }
        return List.copyOf(sentences);
    }

    @Override
    public String message(Message step) {
        String sending = step.from() + " sends " + quoted(step.label()) + " to " + step.to();
        return switch (step.fate()) {
            case DELIVERED -> sending;
            case LOST -> sending + "; it is lost";
            case DELAYED -> sending + "; it is delayed";
            case REPEATED -> sending + "; it arrives more than once";
        };
    }

    @Override
    public String arrival(Arrival step) {
        Message message = diagram.messageOf(step);
        return quoted(message.label()) + " from " + message.from() + ", sent at step " + numbers.get(step.message())
                + ", arrives at " + message.to();
    }

    @Override
    public String local(Step.Local step) {
        return step.lane() + ": " + step.label();
    }

    @Override
    public String force(Step.Force step) {
        return step.lane() + " writes durably: " + step.label();
    }

    @Override
    public String unforced(Step.Unforced step) {
        return step.lane() + " writes, not yet durably: " + step.label();
    }

    @Override
    public String crash(Step.Crash step) {
        return step.lane() + " crashes";
    }

    @Override
    public String restart(Step.Restart step) {
        return step.lane() + " restarts" + (step.label().isBlank() ? "" : ": " + step.label());
    }

    @Override
    public String stateChange(Step.StateChange step) {
        return step.lane() + " is now " + step.state();
    }

    @Override
    public String divider(Step.Divider step) {
        return step.text();
    }

    @Override
    public String violation(Step.Violation step) {
        return step.rule() + " is broken at " + step.lane() + ": " + step.text();
    }

    @Override
    public String verdict(Step.Verdict step) {
        return (step.good() ? "Good: " : "Bad: ") + step.text();
    }

    private static String quoted(String label) {
        return "“" + label + "”";
    }
}
