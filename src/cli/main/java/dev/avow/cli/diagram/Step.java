package dev.avow.cli.diagram;

import java.util.List;
import java.util.Objects;

/**
 * One thing that happened, on one row of the diagram. Immutable; the lanes that it names must be lanes of its diagram,
 * which {@link Diagram} checks.
 */
public sealed interface Step {

    /** Calls the one method of {@code cases} for this kind of step. */
    <R> R accept(Cases<R> cases);

    /** The lanes that this step names, in the order of its components. */
    List<String> lanes();

    /** Whether this step has a number in the margin: things that happened do, remarks about them don't. */
    default boolean numbered() {
        return true;
    }

    /** One method for each kind of step, so that a new kind can't be forgotten anywhere. */
    interface Cases<R> {
        R message(Message step);

        R arrival(Arrival step);

        R local(Local step);

        R force(Force step);

        R unforced(Unforced step);

        R crash(Crash step);

        R restart(Restart step);

        R stateChange(StateChange step);

        R divider(Divider step);

        R violation(Violation step);

        R verdict(Verdict step);
    }

    /** A message leaves {@code from} for {@code to}; a message to oneself is drawn as a loop. */
    record Message(String from, String to, String label, Fate fate) implements Step {
        public Message {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(fate, "fate");
        }

        @Override
        public List<String> lanes() {
            return List.of(from, to);
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.message(this);
        }
    }

    /**
     * A delayed message, or a repeated one's further copy, arrives.
     *
     * @param message the index in {@link Diagram#steps()} of the earlier {@link Message}, from 0
     */
    record Arrival(int message) implements Step {
        @Override
        public List<String> lanes() {
            return List.of();
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.arrival(this);
        }
    }

    /** Something that {@code lane} does by itself. */
    record Local(String lane, String label) implements Step {
        public Local {
            Objects.requireNonNull(lane, "lane");
            Objects.requireNonNull(label, "label");
        }

        @Override
        public List<String> lanes() {
            return List.of(lane);
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.local(this);
        }
    }

    /** A write that is durable when this step is over. */
    record Force(String lane, String label) implements Step {
        public Force {
            Objects.requireNonNull(lane, "lane");
            Objects.requireNonNull(label, "label");
        }

        @Override
        public List<String> lanes() {
            return List.of(lane);
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.force(this);
        }
    }

    /** A write that a crash may still undo. */
    record Unforced(String lane, String label) implements Step {
        public Unforced {
            Objects.requireNonNull(lane, "lane");
            Objects.requireNonNull(label, "label");
        }

        @Override
        public List<String> lanes() {
            return List.of(lane);
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.unforced(this);
        }
    }

    /** {@code lane} stops; its line is broken until its {@link Restart}, across dividers too. */
    record Crash(String lane) implements Step {
        public Crash {
            Objects.requireNonNull(lane, "lane");
        }

        @Override
        public List<String> lanes() {
            return List.of(lane);
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.crash(this);
        }
    }

    /** {@code lane} is back; {@code label} says with what, or is empty. */
    record Restart(String lane, String label) implements Step {
        public Restart {
            Objects.requireNonNull(lane, "lane");
            Objects.requireNonNull(label, "label");
        }

        @Override
        public List<String> lanes() {
            return List.of(lane);
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.restart(this);
        }
    }

    /** The step before it brought {@code lane} into {@code state}. */
    record StateChange(String lane, String state) implements Step {
        public StateChange {
            Objects.requireNonNull(lane, "lane");
            Objects.requireNonNull(state, "state");
        }

        @Override
        public List<String> lanes() {
            return List.of(lane);
        }

        @Override
        public boolean numbered() {
            return false;
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.stateChange(this);
        }
    }

    /** A heading across all lanes. */
    record Divider(String text) implements Step {
        public Divider {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public List<String> lanes() {
            return List.of();
        }

        @Override
        public boolean numbered() {
            return false;
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.divider(this);
        }
    }

    /** The step before it broke {@code rule} at {@code lane}. */
    record Violation(String rule, String lane, String text) implements Step {
        public Violation {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(lane, "lane");
            Objects.requireNonNull(text, "text");
        }

        @Override
        public List<String> lanes() {
            return List.of(lane);
        }

        @Override
        public boolean numbered() {
            return false;
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.violation(this);
        }
    }

    /** How it ended, across all lanes. */
    record Verdict(String text, boolean good) implements Step {
        public Verdict {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public List<String> lanes() {
            return List.of();
        }

        @Override
        public boolean numbered() {
            return false;
        }

        @Override
        public <R> R accept(Cases<R> cases) {
            return cases.verdict(this);
        }
    }
}
