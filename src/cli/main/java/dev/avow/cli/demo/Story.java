package dev.avow.cli.demo;

import dev.avow.cli.diagram.Diagram;
import dev.avow.cli.diagram.Fate;
import dev.avow.cli.diagram.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Draws what was seen of one transaction. The coordinator sees itself send and hear; what a participant must have done
 * before it answered (a vote yes comes after a durable prepare) is drawn from the answer.
 */
public final class Story {
    private static final String APPLICATION = "application";
    private static final String COORDINATOR = "coordinator";
    private static final List<String> LANES = List.of(APPLICATION, COORDINATOR, "orders", "payments");

    private final List<Step> steps = new ArrayList<>();
    private final Set<String> enlisted = new LinkedHashSet<>();
    private final Set<String> toldAbort = new LinkedHashSet<>();
    private final Set<String> untold = new LinkedHashSet<>();
    private final Set<String> down = new HashSet<>();
    private String state = "";

    private Story() {}

    public static Diagram of(String title, List<Sighting> sightings, String verdict, boolean good) {
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
            case Sighting.HALT -> halt(sighting);
            case Sighting.RESTART -> restart(sighting);
            case Sighting.PAUSE, Sighting.RESUMPTION -> steps.add(new Step.Divider(sighting.detail()));
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
        if (down.contains(lane)) {
            steps.add(new Step.Local(COORDINATOR, "no vote of " + lane + ": " + vote.toLowerCase(Locale.ROOT)));
            return;
        }
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
        if (!down.contains(lane)) {
            steps.add(new Step.StateChange(lane, "aborted"));
        }
    }

    private void outcome(String outcome) {
        send(COORDINATOR, APPLICATION, outcome.toLowerCase(Locale.ROOT));
    }

    private void halt(Sighting sighting) {
        steps.add(new Step.Divider(sighting.detail()));
        for (String lane : lanesOf(sighting)) {
            down.add(lane);
            steps.add(new Step.Crash(lane));
        }
    }

    /** With databases that are embedded, all of it is one process; a service is one of its own. */
    private static List<String> lanesOf(Sighting sighting) {
        if (sighting.participant().isEmpty()) {
            return LANES;
        }
        return sighting.participant().equals(Sighting.SHOP)
                ? List.of(APPLICATION, COORDINATOR)
                : List.of(sighting.participant());
    }

    private void restart(Sighting sighting) {
        steps.add(new Step.Divider(sighting.detail()));
        for (String lane : lanesOf(sighting)) {
            down.remove(lane);
            switch (lane) {
                case APPLICATION -> steps.add(new Step.Restart(lane, ""));
                case COORDINATOR -> {
                    steps.add(new Step.Restart(lane, "reads its log"));
                    state = "";
                }
                default -> restartService(lane, sighting.participant().isEmpty());
            }
        }
    }

    private void restartService(String lane, boolean embedded) {
        if (enlisted.contains(lane) || !embedded) {
            steps.add(new Step.Restart(lane, embedded || untold.contains(lane) ? "in doubt" : ""));
        }
    }

    private void send(String from, String to, String label) {
        steps.add(new Step.Message(from, to, label, down.contains(to) ? Fate.LOST : Fate.DELIVERED));
    }

    private void showState(String now) {
        if (!now.isEmpty() && !now.equals(state)) {
            state = now;
            steps.add(new Step.StateChange(
                    COORDINATOR, now.toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
    }
}
