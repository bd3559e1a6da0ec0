package dev.avow.cli.demo;

import dev.avow.cli.diagram.Diagram;
import dev.avow.cli.diagram.Fate;
import dev.avow.cli.diagram.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Draws what was seen of one transaction. The coordinator sees itself send and hear; what a participant must have done
 * before it answered (a vote yes comes after a durable prepare) is drawn from the answer.
 */
final class Story {
    private static final String APPLICATION = "application";
    private static final String COORDINATOR = "coordinator";
    private static final List<String> LANES = List.of(APPLICATION, COORDINATOR, "orders", "payments");

    private final List<Step> steps = new ArrayList<>();
    private final Set<String> enlisted = new LinkedHashSet<>();
    private final Set<String> toldAbort = new LinkedHashSet<>();
    private final Set<String> untold = new LinkedHashSet<>();
    private String state = "";

    private Story() {}

    static Diagram of(String title, List<Sighting> sightings, String verdict, boolean good) {
        Story story = new Story();
        sightings.forEach(story::tell);
        story.steps.add(new Step.Verdict(verdict, good));
        return new Diagram(title, LANES, story.steps);
    }

    private void tell(Sighting sighting) {
        switch (sighting.action()) {
            case Sighting.WORK -> work(sighting);
            case Sighting.REFUSAL -> send(sighting.participant(), APPLICATION, "refused: " + sighting.detail());
            case Sighting.COMMIT -> send(APPLICATION, COORDINATOR, "commit");
            case Sighting.ABORT -> send(APPLICATION, COORDINATOR, "abort");
            case Sighting.OUTCOME -> outcome(sighting.detail());
            case Sighting.HALT -> halt(sighting.detail());
            case Sighting.RESTART -> restart(sighting.detail());
            case "CoordinatorSendPrepare" -> enlisted.forEach(lane -> send(COORDINATOR, lane, "prepare"));
            case "CoordinatorReceiveVote" -> vote(sighting.participant(), sighting.detail());
            case "CoordinatorDecideCommit" -> steps.add(new Step.Force(COORDINATOR, "commit record"));
            case "CoordinatorSendCommit" -> untold.forEach(lane -> send(COORDINATOR, lane, "commit"));
            case "CoordinatorReceiveAck" -> acknowledgement(sighting.participant());
            case "CoordinatorForget" -> steps.add(new Step.Unforced(COORDINATOR, "end record"));
            case "CoordinatorDecideAbort" -> {
                showState(sighting.state());
                enlisted.forEach(lane -> abort(lane, "abort"));
            }
            case "CoordinatorAnswer" -> answer(sighting.participant());
            // Whatever else the coordinator did is shown under its name rather than left out.
            default -> steps.add(new Step.Local(COORDINATOR, sighting.action() + " " + sighting.detail()));
        }
        showState(sighting.state());
    }

    private void work(Sighting sighting) {
        enlisted.add(sighting.participant());
        send(APPLICATION, sighting.participant(), sighting.detail());
    }

    private void vote(String lane, String vote) {
        switch (vote) {
            case "YES" -> {
                untold.add(lane);
                steps.add(new Step.Force(lane, "prepared"));
                steps.add(new Step.StateChange(lane, "prepared"));
            }
            case "NO" -> steps.add(new Step.StateChange(lane, "aborted"));
            default -> steps.add(new Step.Local(lane, "nothing to commit"));
        }
        send(lane, COORDINATOR, "vote " + vote.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private void acknowledgement(String lane) {
        untold.remove(lane);
        steps.add(new Step.Force(lane, "committed"));
        steps.add(new Step.StateChange(lane, "committed"));
        send(lane, COORDINATOR, "ack");
    }

    /** Two looks at one participant in doubt may both find it; only the first answer does anything. */
    private void answer(String lane) {
        if (!toldAbort.add(lane)) {
            return;
        }
        if (lane.isEmpty()) {
            steps.add(new Step.Local(COORDINATOR, "answers: no record, so abort"));
        } else {
            abort(lane, "abort: there is no record");
        }
    }

    private void abort(String lane, String label) {
        send(COORDINATOR, lane, label);
        steps.add(new Step.StateChange(lane, "aborted"));
    }

    private void outcome(String outcome) {
        send(COORDINATOR, APPLICATION, outcome.toLowerCase(Locale.ROOT));
    }

    /** Application, coordinator and both embedded databases are one process. */
    private void halt(String what) {
        steps.add(new Step.Divider(what));
        LANES.forEach(lane -> steps.add(new Step.Crash(lane)));
    }

    private void restart(String what) {
        steps.add(new Step.Divider(what));
        steps.add(new Step.Restart(APPLICATION, ""));
        steps.add(new Step.Restart(COORDINATOR, "reads its log"));
        enlisted.forEach(lane -> steps.add(new Step.Restart(lane, "in doubt")));
        state = "";
    }

    private void send(String from, String to, String label) {
        steps.add(new Step.Message(from, to, label, Fate.DELIVERED));
    }

    private void showState(String now) {
        if (!now.isEmpty() && !now.equals(state)) {
            state = now;
            steps.add(new Step.StateChange(
                    COORDINATOR, now.toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
    }
}
