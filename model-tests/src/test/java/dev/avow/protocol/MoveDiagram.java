package dev.avow.protocol;

import dev.avow.cli.diagram.Diagram;
import dev.avow.cli.diagram.Fate;
import dev.avow.cli.diagram.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A way through a world, as a sequence of messages. Each message is drawn when it is sent: receiving it is a step. */
final class MoveDiagram {
    private final List<Step> steps = new ArrayList<>();

    private MoveDiagram() {}

    /** @param ending what is to be seen at the end of the way */
    static Diagram of(String title, WorldConfig config, List<Move> path, String ending) {
        MoveDiagram drawn = new MoveDiagram();
        path.forEach(drawn::draw);
        drawn.steps.add(new Step.Verdict(ending, false));
        Stream<String> coordinators =
                IntStream.rangeClosed(1, config.maxCrashes() + 1).mapToObj(MoveDiagram::coordinator);
        Stream<String> participants = IntStream.range(0, config.branches()).mapToObj(SpecView::participant);
        return new Diagram(title, Stream.concat(coordinators, participants).toList(), drawn.steps);
    }

    private static String coordinator(int incarnation) {
        return "coordinator " + incarnation;
    }

    private void draw(Move move) {
        if (move instanceof Move.OfCoordinator step) {
            String lane = coordinator(step.incarnation());
            steps.add(new Step.Local(lane, step.action()));
            step.transition().effects().forEach(effect -> draw(lane, lane, effect));
        } else if (move instanceof Move.OfParticipant step) {
            String lane = SpecView.participant(step.branch());
            steps.add(new Step.Local(lane, SpecLabel.of(step)));
            step.transition().effects().forEach(effect -> draw(lane, coordinator(1), effect));
        } else if (move instanceof Move.OfEnvironment event) {
            draw(event);
        }
    }

    private void draw(Move.OfEnvironment move) {
        switch (move.event()) {
            case COORDINATOR_CRASH -> steps.add(new Step.Crash(coordinator(move.node())));
            case COORDINATOR_RECOVER, COORDINATOR_TAKE_OVER ->
                steps.add(new Step.Local(coordinator(move.node()), move.action()));
            case LOG_FLUSH -> steps.add(new Step.Force(coordinator(1), move.action()));
            case PARTICIPANT_FLUSH -> steps.add(new Step.Force(SpecView.participant(move.node()), move.action()));
            case PARTICIPANT_CRASH -> steps.add(new Step.Crash(SpecView.participant(move.node())));
            case PARTICIPANT_RECOVER -> steps.add(new Step.Restart(SpecView.participant(move.node()), move.action()));
        }
    }

    private static String label(Message message) {
        if (message instanceof Message.VoteOf vote) {
            return "vote " + SpecView.camel(vote.vote());
        }
        if (message instanceof Message.Ended ended) {
            return "ended " + SpecView.camel(ended.ending());
        }
        String name = message.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private void draw(String lane, String coordinator, Effect effect) {
        effect.carriedOutBy(new Effect.Hands() {
            @Override
            public void send(Message message) {
                String to =
                        message instanceof Message.ToParticipant ? SpecView.participant(message.branch()) : coordinator;
                steps.add(new Step.Message(lane, to, label(message), Fate.DELIVERED));
            }

            @Override
            public void tell(Ending ending) {
                steps.add(new Step.Local(lane, "tells " + ending));
            }

            @Override
            public void forceCommitRecord(BranchSet branches) {
                steps.add(new Step.Force(lane, "commit record " + branches));
            }

            @Override
            public void appendEndRecord() {
                steps.add(new Step.Unforced(lane, "end record"));
            }

            @Override
            public void forceReport(int branch) {
                steps.add(new Step.Force(lane, "report of " + SpecView.participant(branch)));
            }

            @Override
            public void forceRecord(int branch, DiskRecord disk) {
                steps.add(new Step.Force(lane, disk.toString()));
            }

            @Override
            public void appendRecord(int branch, DiskRecord disk) {
                steps.add(new Step.Unforced(lane, disk.toString()));
            }
        });
    }
}
