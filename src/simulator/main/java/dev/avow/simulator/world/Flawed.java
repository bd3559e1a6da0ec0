package dev.avow.simulator.world;

import dev.avow.protocol.Coordinator;
import dev.avow.protocol.CoordinatorState;
import dev.avow.protocol.CoordinatorStep;
import dev.avow.protocol.Effect;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Message;
import dev.avow.protocol.Transition;
import dev.avow.simulator.Flaw;
import java.util.List;
import java.util.stream.Stream;

/** What a flaw makes of a coordinator's steps. */
final class Flawed {
    private Flawed() {}

    static List<Effect> effects(
            Flaw flaw, CoordinatorStep step, Coordinator before, Transition<Coordinator> transition) {
        if (flaw == Flaw.SENDS_COMMIT_BEFORE_THE_FORCE && step instanceof CoordinatorStep.DecideCommit) {
            Stream<Effect> sends =
                    before.yes().stream().mapToObj(branch -> new Effect.Send(new Message.Commit(branch)));
            return Stream.concat(sends, transition.effects().stream()).toList();
        }
        if (flaw == Flaw.TELLS_THE_CALLER_BEFORE_THE_FORCE && step instanceof CoordinatorStep.DecideCommit) {
            Stream<Effect> tell = Stream.of(new Effect.Tell(Ending.COMMITTED));
            return Stream.concat(tell, transition.effects().stream()).toList();
        }
        if (flaw == Flaw.REPORTS_DAMAGE_TO_NOBODY && step instanceof CoordinatorStep.ReceiveDamage) {
            return List.of();
        }
        return transition.effects();
    }

    /** Whether a no is no objection. */
    static boolean overhears(Flaw flaw, Coordinator state) {
        int votes = state.yes().size() + state.readOnly().size() + state.no().size();
        return flaw == Flaw.COMMITS_DESPITE_A_NO
                && votes == state.branches()
                && !state.yes().isEmpty();
    }

    /** Whether a commit is forgotten that may not be. */
    static boolean forgets(Flaw flaw, Coordinator state) {
        if (state.state() != CoordinatorState.COMMITTING) {
            return false;
        }
        int heard = state.acks().size();
        return (flaw == Flaw.FORGETS_BEFORE_THE_LAST_ACK && heard > 0)
                || (flaw == Flaw.COUNTS_READ_ONLY_AS_ACK
                        && heard + state.readOnly().size() >= state.committing().size());
    }

    /** The message with the participant's number in place of the branch's, for the network has no branches. */
    static Message addressed(Message message, int member) {
        if (message instanceof Message.Prepare) {
            return new Message.Prepare(member);
        }
        if (message instanceof Message.Commit) {
            return new Message.Commit(member);
        }
        if (message instanceof Message.Abort) {
            return new Message.Abort(member);
        }
        if (message instanceof Message.OnePhase) {
            return new Message.OnePhase(member);
        }
        return new Message.Forget(member);
    }
}
