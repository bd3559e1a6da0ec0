package dev.avow.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a commit costs grows with its branches, and no faster. */
class ManyBranchesTest {
    private int steps;
    private int effects;

    @ParameterizedTest
    @ValueSource(ints = {2, 64, 1000})
    void a_commit_takes_six_steps_and_six_effects_for_each_branch(int branches) {
        Coordinator coordinator = taken(Coordinator.working(branches).step(new CoordinatorStep.SendPrepare()));
        Participant[] participants = new Participant[branches];
        for (int branch = 0; branch < branches; branch++) {
            Participant prepared = taken(Participant.working(branch).step(new ParticipantStep.Prepare()));
            participants[branch] = taken(prepared.step(new ParticipantStep.VoteYes()));
            coordinator = taken(coordinator.step(new CoordinatorStep.ReceiveVote(branch, Vote.YES)));
        }
        coordinator = taken(coordinator.step(new CoordinatorStep.DecideCommit()));
        coordinator = taken(coordinator.step(new CoordinatorStep.SendCommit()));
        for (int branch = 0; branch < branches; branch++) {
            participants[branch] = taken(participants[branch].step(new ParticipantStep.ReceiveCommit()));
            taken(participants[branch].step(new ParticipantStep.Ack()));
            coordinator = taken(coordinator.step(new CoordinatorStep.ReceiveAck(branch)));
        }
        coordinator = taken(coordinator.step(new CoordinatorStep.Forget()));

        assertEquals(CoordinatorState.FORGOTTEN, coordinator.state());
        assertEquals(4 + 6 * branches, steps);
        // The commit record, the reply and the end record; for each branch two records and four messages.
        assertEquals(3 + 6 * branches, effects);
    }

    @Test
    void a_commit_record_of_a_thousand_branches_names_them_all() {
        Coordinator coordinator = Coordinator.recovered(1000, BranchSet.first(1000));
        assertEquals(
                1000,
                coordinator.step(new CoordinatorStep.SendCommit()).effects().size());
    }

    private <S> S taken(Transition<S> transition) {
        steps++;
        effects += transition.effects().size();
        return transition.next();
    }
}
