package dev.avow.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How a transaction ends where somebody crashes, is replaced, or decides alone. */
class RecoveryStoryTest {
    @Test
    void a_decision_survives_a_crash_between_force_and_send() {
        Story story = new Story(2)
                .participant(0, new ParticipantStep.Prepare())
                .restarted(Coordinator.recovered(2, BranchSet.of(0)))
                .participant(0, new ParticipantStep.Inquire())
                .coordinator(new CoordinatorStep.Answer(0))
                .participant(0, new ParticipantStep.ReceiveCommit(), new ParticipantStep.Ack())
                .coordinator(new CoordinatorStep.ReceiveAck(0), new CoordinatorStep.Forget());
        assertEquals("""
                0: ParticipantPrepare: ForceRecord(0, PREPARED) -> PREPARED
                CoordinatorRecover -> COMMITTING
                0: ParticipantInquire: Send(Inquiry(0)) -> PREPARED
                CoordinatorAnswer(0): Send(Commit(0)) -> COMMITTING
                0: ParticipantReceiveCommit: ForceRecord(0, COMMITTED) -> COMMITTED
                0: ParticipantAck: Send(Ack(0)) -> COMMITTED
                CoordinatorReceiveAck(0) -> COMMITTING
                CoordinatorForget: AppendEndRecord -> FORGOTTEN
                """, story.toString());
    }

    @Test
    void without_a_record_an_inquiry_is_answered_with_abort() {
        Story story = new Story(2)
                .participant(0, new ParticipantStep.Prepare(), new ParticipantStep.VoteYes())
                .restarted(Coordinator.unknown(2))
                .restarted(0, DiskRecord.PREPARED)
                .participant(0, new ParticipantStep.Inquire())
                .coordinator(new CoordinatorStep.Answer(0))
                .participant(0, new ParticipantStep.ReceiveAbort());
        assertEquals("""
                0: ParticipantPrepare: ForceRecord(0, PREPARED) -> PREPARED
                0: ParticipantVoteYes: Send(VoteOf(0, YES)) -> PREPARED
                CoordinatorRecover -> FORGOTTEN
                0: ParticipantRecover(PREPARED) -> PREPARED
                0: ParticipantInquire: Send(Inquiry(0)) -> PREPARED
                CoordinatorAnswer(0): Send(Abort(0)) -> FORGOTTEN
                0: ParticipantReceiveAbort: AppendRecord(0, ABORTED) -> ABORTED
                """, story.toString());
    }

    @Test
    void a_commit_that_a_lost_end_record_brings_back_is_acknowledged_once_more() {
        Story story = new Story(2)
                .restarted(0, DiskRecord.COMMITTED)
                .restarted(Coordinator.recovered(2, BranchSet.of(0)))
                .coordinator(new CoordinatorStep.SendCommit())
                .participant(0, new ParticipantStep.Ack())
                .coordinator(new CoordinatorStep.ReceiveAck(0), new CoordinatorStep.Forget());
        assertEquals("""
                0: ParticipantRecover(COMMITTED) -> LOST
                CoordinatorRecover -> COMMITTING
                CoordinatorSendCommit: Send(Commit(0)) -> COMMITTING
                0: ParticipantAck: Send(Ack(0)) -> LOST
                CoordinatorReceiveAck(0) -> COMMITTING
                CoordinatorForget: AppendEndRecord -> FORGOTTEN
                """, story.toString());
    }

    @Test
    void work_that_a_crash_took_is_voted_no() {
        Story story = new Story(2)
                .restarted(0, DiskRecord.NOTHING)
                .coordinator(new CoordinatorStep.SendPrepare())
                .participant(0, new ParticipantStep.VoteNo());
        assertEquals("""
                0: ParticipantRecover(NOTHING) -> LOST
                CoordinatorSendPrepare: Send(Prepare(0)), Send(Prepare(1)) -> PREPARING
                0: ParticipantVoteNo: Send(VoteOf(0, NO)) -> LOST
                """, story.toString());
    }

    @Test
    void whoever_is_refused_by_the_log_leaves_the_decision_to_its_successor() {
        Story story = new Story(2)
                .coordinator(
                        new CoordinatorStep.SendPrepare(),
                        new CoordinatorStep.ReceiveVote(0, Vote.YES),
                        new CoordinatorStep.ReceiveVote(1, Vote.YES),
                        new CoordinatorStep.Refused());
        assertEquals("""
                CoordinatorSendPrepare: Send(Prepare(0)), Send(Prepare(1)) -> PREPARING
                CoordinatorReceiveVote(0, YES) -> PREPARING
                CoordinatorReceiveVote(1, YES) -> PREPARING
                CoordinatorRefused: Tell(UNKNOWN) -> DOWN
                """, story.toString());
    }

    @Test
    void a_participant_alone_that_forgot_how_it_decided_says_unknown() {
        Story story = new Story(1)
                .coordinator(new CoordinatorStep.SendOnePhase())
                .restarted(0, DiskRecord.NOTHING)
                .participant(0, new ParticipantStep.UnknownOnePhase())
                .coordinator(new CoordinatorStep.ReceiveEnded(0, Ending.UNKNOWN));
        assertEquals("""
                CoordinatorSendOnePhase: Send(OnePhase(0)) -> ONE_PHASE
                0: ParticipantRecover(NOTHING) -> LOST
                0: ParticipantUnknownOnePhase: Send(Ended(0, UNKNOWN)) -> LOST
                CoordinatorReceiveEnded(0, UNKNOWN): Tell(UNKNOWN) -> FORGOTTEN
                """, story.toString());
    }

    @Test
    void the_caller_need_not_wait_for_a_participant_alone() {
        Story story =
                new Story(1).coordinator(new CoordinatorStep.SendOnePhase(), new CoordinatorStep.GiveUpOnePhase());
        assertEquals("""
                CoordinatorSendOnePhase: Send(OnePhase(0)) -> ONE_PHASE
                CoordinatorGiveUpOnePhase: Tell(UNKNOWN) -> FORGOTTEN
                """, story.toString());
    }

    @Test
    void damage_is_reported_before_its_evidence_goes() {
        Story story = new Story(2)
                .participant(0, new ParticipantStep.Prepare())
                .participant(0, new ParticipantStep.DecideAlone(ParticipantState.HEURISTIC_ABORTED))
                .restarted(Coordinator.recovered(2, BranchSet.of(0)))
                .coordinator(new CoordinatorStep.SendCommit())
                .participant(0, new ParticipantStep.ReportDamage(true))
                .coordinator(new CoordinatorStep.ReceiveDamage(0), new CoordinatorStep.SendForget(0))
                .participant(0, new ParticipantStep.ReceiveForget(), new ParticipantStep.Ack())
                .coordinator(new CoordinatorStep.ReceiveAck(0), new CoordinatorStep.Forget());
        assertEquals("""
                0: ParticipantPrepare: ForceRecord(0, PREPARED) -> PREPARED
                0: ParticipantDecideAlone(HEURISTIC_ABORTED): ForceRecord(0, HEURISTIC_ABORTED) -> HEURISTIC_ABORTED
                CoordinatorRecover -> COMMITTING
                CoordinatorSendCommit: Send(Commit(0)) -> COMMITTING
                0: ParticipantReportDamage(true): Send(Damage(0)) -> HEURISTIC_ABORTED
                CoordinatorReceiveDamage(0): ForceReport(0) -> COMMITTING
                CoordinatorSendForget(0): Send(Forget(0)) -> COMMITTING
                0: ParticipantReceiveForget: ForceRecord(0, MIXED) -> MIXED
                0: ParticipantAck: Send(Ack(0)) -> MIXED
                CoordinatorReceiveAck(0) -> COMMITTING
                CoordinatorForget: AppendEndRecord -> FORGOTTEN
                """, story.toString());
    }

    @Test
    void participants_end_each_others_doubt_while_the_coordinator_is_silent() {
        Story story = new Story(2)
                .participant(0, new ParticipantStep.Prepare(), new ParticipantStep.VoteYes())
                .participant(0, new ParticipantStep.AskPeers())
                .participant(1, new ParticipantStep.Refuse(), new ParticipantStep.AnswerPeer(0))
                .participant(0, new ParticipantStep.ReceivePeerAnswer(Ending.ABORTED));
        assertEquals("""
                0: ParticipantPrepare: ForceRecord(0, PREPARED) -> PREPARED
                0: ParticipantVoteYes: Send(VoteOf(0, YES)) -> PREPARED
                0: ParticipantAskPeers: Send(PeerInquiry(0)) -> PREPARED
                1: ParticipantRefuse -> ABORTED
                1: ParticipantAnswerPeer(0): Send(PeerAnswer(0, ABORTED)) -> ABORTED
                0: ParticipantReceivePeerAnswer(ABORTED): AppendRecord(0, ABORTED) -> ABORTED
                """, story.toString());
    }
}
