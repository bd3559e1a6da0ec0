package dev.avow.protocol;

import java.util.ArrayList;
import java.util.List;

/** The specification's name of a move, with its parameters: {@code CoordinatorReceiveVote(i=1, p=p2, v=yes)}. */
final class SpecLabel {
    private SpecLabel() {}

    static String of(Move move) {
        List<String> parameters = new ArrayList<>();
        if (move instanceof Move.OfCoordinator step) {
            parameters.add("i=" + step.incarnation());
            addStep(step.step(), parameters);
        } else if (move instanceof Move.OfParticipant step) {
            addBranch(step.branch(), parameters);
            addStep(step.step(), parameters);
        } else if (move instanceof Move.OfEnvironment event) {
            addNode(event, parameters);
        }
        return move.action() + (parameters.isEmpty() ? "" : "(" + String.join(", ", parameters) + ")");
    }

    private static void addStep(CoordinatorStep step, List<String> parameters) {
        if (step instanceof CoordinatorStep.ReceiveVote vote) {
            addBranch(vote.branch(), parameters);
            parameters.add("v=" + SpecView.camel(vote.vote()));
        } else if (step instanceof CoordinatorStep.ReceiveAck ack) {
            addBranch(ack.branch(), parameters);
        } else if (step instanceof CoordinatorStep.Answer answer) {
            addBranch(answer.branch(), parameters);
        } else if (step instanceof CoordinatorStep.ReceiveDamage damage) {
            addBranch(damage.branch(), parameters);
        } else if (step instanceof CoordinatorStep.SendForget forget) {
            addBranch(forget.branch(), parameters);
        } else if (step instanceof CoordinatorStep.ReceiveEnded ended) {
            addBranch(ended.branch(), parameters);
            parameters.add("e=" + SpecView.camel(ended.ending()));
        }
    }

    private static void addStep(ParticipantStep step, List<String> parameters) {
        if (step instanceof ParticipantStep.DecideAlone alone) {
            parameters.add("s=" + SpecView.camel(alone.decided()));
        } else if (step instanceof ParticipantStep.AnswerPeer answer) {
            parameters.add("q=" + SpecView.participant(answer.asking()));
        } else if (step instanceof ParticipantStep.ReceivePeerAnswer answer) {
            parameters.add("e=" + SpecView.camel(answer.ending()));
        }
    }

    private static void addNode(Move.OfEnvironment move, List<String> parameters) {
        switch (move.event()) {
            case COORDINATOR_CRASH, COORDINATOR_RECOVER, COORDINATOR_TAKE_OVER -> parameters.add("i=" + move.node());
            case PARTICIPANT_CRASH, PARTICIPANT_RECOVER, PARTICIPANT_FLUSH -> addBranch(move.node(), parameters);
            case LOG_FLUSH -> {}
        }
    }

    private static void addBranch(int branch, List<String> parameters) {
        parameters.add("p=" + SpecView.participant(branch));
    }
}
