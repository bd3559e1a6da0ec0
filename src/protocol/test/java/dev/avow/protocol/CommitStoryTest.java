package dev.avow.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How a transaction ends where nobody crashes. */
class CommitStoryTest {
    @Test
    void everyone_votes_yes_and_the_transaction_is_committed() {
        Story story = new Story(2)
                .coordinator(new CoordinatorStep.SendPrepare())
                .participant(0, new ParticipantStep.Prepare(), new ParticipantStep.VoteYes())
                .participant(1, new ParticipantStep.Prepare(), new ParticipantStep.VoteYes())
                .coordinator(
                        new CoordinatorStep.ReceiveVote(1, Vote.YES),
                        new CoordinatorStep.ReceiveVote(0, Vote.YES),
                        new CoordinatorStep.DecideCommit(),
                        new CoordinatorStep.SendCommit())
                .participant(0, new ParticipantStep.ReceiveCommit(), new ParticipantStep.Ack())
                .coordinator(new CoordinatorStep.ReceiveAck(0), new CoordinatorStep.SendCommit())
                .participant(1, new ParticipantStep.ReceiveCommit(), new ParticipantStep.Ack())
                .coordinator(new CoordinatorStep.ReceiveAck(1), new CoordinatorStep.Forget());
        assertEquals("""
                CoordinatorSendPrepare: Send(Prepare(0)), Send(Prepare(1)) -> PREPARING
                0: ParticipantPrepare: ForceRecord(0, PREPARED) -> PREPARED
                0: ParticipantVoteYes: Send(VoteOf(0, YES)) -> PREPARED
                1: ParticipantPrepare: ForceRecord(1, PREPARED) -> PREPARED
                1: ParticipantVoteYes: Send(VoteOf(1, YES)) -> PREPARED
                CoordinatorReceiveVote(1, YES) -> PREPARING
                CoordinatorReceiveVote(0, YES) -> PREPARING
                CoordinatorDecideCommit: ForceCommitRecord({0, 1}), Tell(COMMITTED) -> COMMITTING
                CoordinatorSendCommit: Send(Commit(0)), Send(Commit(1)) -> COMMITTING
                0: ParticipantReceiveCommit: ForceRecord(0, COMMITTED) -> COMMITTED
                0: ParticipantAck: Send(Ack(0)) -> COMMITTED
                CoordinatorReceiveAck(0) -> COMMITTING
                CoordinatorSendCommit: Send(Commit(1)) -> COMMITTING
                1: ParticipantReceiveCommit: ForceRecord(1, COMMITTED) -> COMMITTED
                1: ParticipantAck: Send(Ack(1)) -> COMMITTED
                CoordinatorReceiveAck(1) -> COMMITTING
                CoordinatorForget: AppendEndRecord -> FORGOTTEN
                """, story.toString());
    }

    @Test
    void one_vote_no_aborts_and_nothing_is_forced_for_it() {
        Story story = new Story(2)
                .coordinator(new CoordinatorStep.SendPrepare())
                .participant(0, new ParticipantStep.Prepare(), new ParticipantStep.VoteYes())
                .participant(1, new ParticipantStep.Refuse(), new ParticipantStep.VoteNo())
                .coordinator(new CoordinatorStep.ReceiveVote(1, Vote.NO), new CoordinatorStep.DecideAbort())
                .participant(0, new ParticipantStep.ReceiveAbort());
        assertEquals("""
                CoordinatorSendPrepare: Send(Prepare(0)), Send(Prepare(1)) -> PREPARING
                0: ParticipantPrepare: ForceRecord(0, PREPARED) -> PREPARED
                0: ParticipantVoteYes: Send(VoteOf(0, YES)) -> PREPARED
                1: ParticipantRefuse -> ABORTED
                1: ParticipantVoteNo: Send(VoteOf(1, NO)) -> ABORTED
                CoordinatorReceiveVote(1, NO) -> PREPARING
                CoordinatorDecideAbort: Tell(ABORTED), Send(Abort(0)), Send(Abort(1)) -> ABORTED
                0: ParticipantReceiveAbort: AppendRecord(0, ABORTED) -> ABORTED
                """, story.toString());
    }

    @Test
    void the_application_may_abort_before_anybody_prepares() {
        Story story = new Story(1)
                .coordinator(new CoordinatorStep.DecideAbort())
                .participant(0, new ParticipantStep.ReceiveAbort());
        assertEquals("""
                CoordinatorDecideAbort: Tell(ABORTED), Send(Abort(0)) -> ABORTED
                0: ParticipantReceiveAbort -> ABORTED
                """, story.toString());
    }

    @Test
    void a_vote_that_comes_after_the_abort_is_answered_by_an_inquiry() {
        Story story = new Story(2)
                .coordinator(new CoordinatorStep.SendPrepare(), new CoordinatorStep.DecideAbort())
                .participant(0, new ParticipantStep.Prepare(), new ParticipantStep.VoteYes())
                .participant(0, new ParticipantStep.Inquire())
                .coordinator(new CoordinatorStep.Answer(0))
                .participant(0, new ParticipantStep.ReceiveAbort());
        assertEquals("""
                CoordinatorSendPrepare: Send(Prepare(0)), Send(Prepare(1)) -> PREPARING
                CoordinatorDecideAbort: Tell(ABORTED), Send(Abort(0)), Send(Abort(1)) -> ABORTED
                0: ParticipantPrepare: ForceRecord(0, PREPARED) -> PREPARED
                0: ParticipantVoteYes: Send(VoteOf(0, YES)) -> PREPARED
                0: ParticipantInquire: Send(Inquiry(0)) -> PREPARED
                CoordinatorAnswer(0): Send(Abort(0)) -> ABORTED
                0: ParticipantReceiveAbort: AppendRecord(0, ABORTED) -> ABORTED
                """, story.toString());
    }

    @Test
    void whoever_only_read_hears_nothing_of_the_commit() {
        Story story = new Story(2)
                .coordinator(new CoordinatorStep.SendPrepare())
                .participant(0, new ParticipantStep.VoteReadOnly())
                .participant(1, new ParticipantStep.Prepare(), new ParticipantStep.VoteYes())
                .coordinator(
                        new CoordinatorStep.ReceiveVote(0, Vote.READ_ONLY),
                        new CoordinatorStep.ReceiveVote(1, Vote.YES),
                        new CoordinatorStep.DecideCommit(),
                        new CoordinatorStep.SendCommit());
        assertEquals("""
                CoordinatorSendPrepare: Send(Prepare(0)), Send(Prepare(1)) -> PREPARING
                0: ParticipantVoteReadOnly: Send(VoteOf(0, READ_ONLY)) -> READ_ONLY
                1: ParticipantPrepare: ForceRecord(1, PREPARED) -> PREPARED
                1: ParticipantVoteYes: Send(VoteOf(1, YES)) -> PREPARED
                CoordinatorReceiveVote(0, READ_ONLY) -> PREPARING
                CoordinatorReceiveVote(1, YES) -> PREPARING
                CoordinatorDecideCommit: ForceCommitRecord({1}), Tell(COMMITTED) -> COMMITTING
                CoordinatorSendCommit: Send(Commit(1)) -> COMMITTING
                """, story.toString());
    }

    @Test
    void where_everyone_only_read_nothing_is_written_and_nobody_told() {
        Story story = new Story(2)
                .coordinator(
                        new CoordinatorStep.SendPrepare(),
                        new CoordinatorStep.ReceiveVote(0, Vote.READ_ONLY),
                        new CoordinatorStep.ReceiveVote(1, Vote.READ_ONLY),
                        new CoordinatorStep.DecideReadOnly());
        assertEquals("""
                CoordinatorSendPrepare: Send(Prepare(0)), Send(Prepare(1)) -> PREPARING
                CoordinatorReceiveVote(0, READ_ONLY) -> PREPARING
                CoordinatorReceiveVote(1, READ_ONLY) -> PREPARING
                CoordinatorDecideReadOnly: Tell(COMMITTED) -> FORGOTTEN
                """, story.toString());
    }

    @Test
    void one_participant_alone_decides_in_one_phase() {
        Story story = new Story(1)
                .coordinator(new CoordinatorStep.SendOnePhase())
                .participant(0, new ParticipantStep.CommitOnePhase())
                .coordinator(new CoordinatorStep.ReceiveEnded(0, Ending.COMMITTED));
        assertEquals("""
                CoordinatorSendOnePhase: Send(OnePhase(0)) -> ONE_PHASE
                0: ParticipantCommitOnePhase: ForceRecord(0, COMMITTED), Send(Ended(0, COMMITTED)) -> COMMITTED
                CoordinatorReceiveEnded(0, COMMITTED): Tell(COMMITTED) -> FORGOTTEN
                """, story.toString());
    }

    @Test
    void one_participant_alone_may_refuse() {
        Story story = new Story(1)
                .coordinator(new CoordinatorStep.SendOnePhase())
                .participant(0, new ParticipantStep.RefuseOnePhase())
                .coordinator(new CoordinatorStep.ReceiveEnded(0, Ending.ABORTED));
        assertEquals("""
                CoordinatorSendOnePhase: Send(OnePhase(0)) -> ONE_PHASE
                0: ParticipantRefuseOnePhase: Send(Ended(0, ABORTED)) -> ABORTED
                CoordinatorReceiveEnded(0, ABORTED): Tell(ABORTED) -> FORGOTTEN
                """, story.toString());
    }
}
