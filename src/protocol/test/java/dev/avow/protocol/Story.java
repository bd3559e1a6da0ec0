package dev.avow.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Takes the steps of one transaction in the order told, and writes down what each came to, one line per step. */
final class Story {
    private Coordinator coordinator;
    private final List<Participant> participants = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();

    Story(int branches) {
        coordinator = Coordinator.working(branches);
        for (int branch = 0; branch < branches; branch++) {
            participants.add(Participant.working(branch));
        }
    }

    Story coordinator(CoordinatorStep... steps) {
        for (CoordinatorStep step : steps) {
            Transition<Coordinator> transition = coordinator.step(step);
            coordinator = transition.next();
            line(step.action() + arguments(step), transition.effects(), coordinator.state());
        }
        return this;
    }

    Story participant(int branch, ParticipantStep... steps) {
        for (ParticipantStep step : steps) {
            Transition<Participant> transition = participants.get(branch).step(step);
            participants.set(branch, transition.next());
            line(
                    branch + ": " + step.action() + arguments(step),
                    transition.effects(),
                    transition.next().state());
        }
        return this;
    }

    /** The coordinator crashes, and the next incarnation knows this. */
    Story restarted(Coordinator recovered) {
        coordinator = recovered;
        line("CoordinatorRecover", List.of(), recovered.state());
        return this;
    }

    /** The participant crashes, and its disk holds this. */
    Story restarted(int branch, DiskRecord disk) {
        participants.set(branch, Participant.recovered(branch, disk));
        line(
                branch + ": ParticipantRecover(" + disk + ")",
                List.of(),
                participants.get(branch).state());
        return this;
    }

    private void line(String action, List<Effect> effects, Enum<?> state) {
        String carriedOut = effects.stream().map(Story::words).collect(Collectors.joining(", "));
        lines.append(action)
                .append(carriedOut.isEmpty() ? "" : ": " + carriedOut)
                .append(" -> ")
                .append(state)
                .append('\n');
    }

    /** {@code ReceiveVote[branch=1, vote=YES]} has the arguments {@code (1, YES)}. */
    private static String arguments(Object step) {
        String words = words(step);
        return words.contains("(") ? words.substring(words.indexOf('(')) : "";
    }

    static String words(Object step) {
        return step.toString()
                .replaceAll("\\w+=", "")
                .replace("[]", "")
                .replace('[', '(')
                .replace(']', ')');
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
