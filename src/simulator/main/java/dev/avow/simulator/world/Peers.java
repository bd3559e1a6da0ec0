package dev.avow.simulator.world;

import dev.avow.engine.TransactionId;
import dev.avow.engine.participant.PeerKnowledge;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Message;
import dev.avow.protocol.ParticipantState;
import dev.avow.protocol.ParticipantStep;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Knob;
import dev.avow.simulator.Sight;
import java.util.Collection;
import java.util.Optional;

/** What a participant and the others have to say to each other while a coordinator is silent. (Cooperative termination) */
final class Peers {
    private final World world;
    private final ParticipantNode node;
    /** Lost with its process. */
    private PeerKnowledge knowledge = new PeerKnowledge();

    Peers(World world, ParticipantNode node) {
        this.world = world;
        this.node = node;
    }

    void restarted(Collection<TransactionId> inDoubt) {
        knowledge = new PeerKnowledge();
        inDoubt.forEach(knowledge::found);
    }

    void works(Truth truth) {
        knowledge.works(truth.id);
    }

    void stepped(Truth truth, ParticipantStep step) {
        boolean unused = knowledge.take(truth.id, step);
    }

    void askSometimes(Truth truth) {
        if (!knowledge.isInDoubt(truth.id) || !Dice.percent(world.dice.peers, world.settings.get(Knob.PEERS))) {
            return;
        }
        world.recorder.stepped(
                node.lane, truth, new ParticipantStep.AskPeers(), "Participant", ParticipantState.PREPARED);
        for (int rest = Truth.without(truth.members, node.member); rest != 0; rest &= rest - 1) {
            int other = Integer.numberOfTrailingZeros(rest);
            node.sendToPeer(truth, other, new Message.PeerInquiry(node.member));
        }
    }

    void receive(Truth truth, Message.ToPeer message) {
        if (message instanceof Message.PeerInquiry inquiry) {
            asked(truth, inquiry.branch());
        } else if (message instanceof Message.PeerAnswer answer) {
            boolean isNews = knowledge.isInDoubt(truth.id);
            node.hearFromPeer(truth, answer.ending());
            if (isNews) {
                world.recorder.saw(
                        answer.ending() == Ending.COMMITTED
                                ? Sight.COMMIT_HEARD_FROM_A_PEER
                                : Sight.ABORT_HEARD_FROM_A_PEER);
            }
        }
    }

    private void asked(Truth truth, int asking) {
        if (world.flaw == Flaw.ANSWERS_A_PEER_AND_VOTES_YES && knowledge.mayRefuse(truth.id)) {
            answer(truth, asking, Ending.ABORTED, ParticipantState.WORKING);
            return;
        }
        // Not always: the coordinator may only be slow, and a transaction that waits a little longer is committed.
        if (knowledge.mayRefuse(truth.id) && world.dice.peers.nextBoolean() && node.refuse(truth)) {
            world.recorder.saw(Sight.REFUSED_FOR_A_PEER);
        }
        Optional<Ending> known = knowledge.answer(truth.id);
        if (known.isPresent()) {
            boolean isCommit = known.get() == Ending.COMMITTED;
            answer(truth, asking, known.get(), isCommit ? ParticipantState.COMMITTED : ParticipantState.ABORTED);
        } else if (world.flaw == Flaw.PRESUMES_FOR_ITS_PEERS && !knowledge.isInDoubt(truth.id)) {
            answer(truth, asking, Ending.ABORTED, ParticipantState.LOST);
        } else {
            world.recorder.saw(Sight.PEER_KNEW_NOTHING);
        }
    }

    private void answer(Truth truth, int asking, Ending ending, ParticipantState state) {
        world.recorder.stepped(node.lane, truth, new ParticipantStep.AnswerPeer(asking), "Participant", state);
        node.sendToPeer(truth, asking, new Message.PeerAnswer(asking, ending));
        world.judge.answers(truth, node.member, asking, ending);
    }
}
