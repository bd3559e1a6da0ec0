package dev.avow.simulator.world;

import dev.avow.engine.LogClosedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.LogRefusedException;
import dev.avow.protocol.Coordinator;
import dev.avow.protocol.CoordinatorState;
import dev.avow.protocol.CoordinatorStep;
import dev.avow.protocol.Effect;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Message;
import dev.avow.protocol.Transition;
import dev.avow.protocol.Vote;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Rule;
import dev.avow.simulator.Sight;

/** One transaction at one incarnation of its coordinator: the real steps, their effects carried out one by one. */
final class CoordinatorRun {
    private static final long VOTE_TIMEOUT = 150 * Agenda.MILLIS;

    private final CoordinatorProcess process;
    private final World world;
    private final Truth truth;
    /** Which participant each branch is. */
    private final int[] members;

    private final Effect.Hands hands;

    private Coordinator state;
    private int failures;

    CoordinatorRun(CoordinatorProcess process, Truth truth, int[] members, Coordinator state) {
        this.process = process;
        this.world = process.world;
        this.truth = truth;
        this.members = members;
        this.state = state;
        this.hands = new CoordinatorHands(process, truth, members, () -> this.state.state());
    }

    Truth truth() {
        return truth;
    }

    boolean isDeciding() {
        return switch (state.state()) {
            case WORKING, PREPARING, ONE_PHASE -> true;
            case DOWN, COMMITTING, ABORTED, FORGOTTEN -> false;
        };
    }

    private void takeIfAllowed(CoordinatorStep step) {
        if (state.allows(step)) {
            take(step);
        }
    }

    private void take(CoordinatorStep step) {
        take(step, state.step(step));
    }

    private void take(CoordinatorStep step, Transition<Coordinator> transition) {
        if (!(step instanceof CoordinatorStep.DecideCommit)) {
            decided(transition.next().state());
        }
        for (Effect effect : Flawed.effects(world.flaw, step, state, transition)) {
            process.mount().point();
            effect.carriedOutBy(hands);
        }
        state = transition.next();
        decided(state.state());
        world.recorder.stepped(process.lane(), truth, step, "Coordinator", state.state());
    }

    /** From the step that decides on, its messages may leave. */
    private void decided(CoordinatorState next) {
        switch (next) {
            case COMMITTING, ABORTED, FORGOTTEN -> truth.deciding = false;
            case DOWN, WORKING, PREPARING, ONE_PHASE -> {}
        }
    }

    /** The application is done with its work. */
    void end(boolean commits) {
        if (!commits) {
            world.recorder.saw(Sight.APPLICATION_ABORTED);
            abort();
        } else if (members.length == 1) {
            take(new CoordinatorStep.SendOnePhase());
            process.later(VOTE_TIMEOUT, this::giveUpOnePhase);
        } else {
            take(new CoordinatorStep.SendPrepare());
            process.later(VOTE_TIMEOUT, this::voteIsLate);
        }
    }

    private void giveUpOnePhase() {
        if (state.allows(new CoordinatorStep.GiveUpOnePhase())) {
            world.recorder.saw(Sight.ONE_PHASE_UNKNOWN);
            take(new CoordinatorStep.GiveUpOnePhase());
            process.forget(this);
        }
    }

    private void voteIsLate() {
        if (state.state() != CoordinatorState.PREPARING) {
            return;
        }
        world.recorder.saw(Sight.VOTE_TIMED_OUT);
        boolean commits = world.flaw == Flaw.COMMITS_WITH_A_VOTE_MISSING
                && !state.yes().isEmpty()
                && state.no().isEmpty();
        if (commits) {
            decideCommit();
        } else {
            abort();
        }
    }

    private void abort() {
        int forces = process.mount().forces();
        take(new CoordinatorStep.DecideAbort());
        if (world.flaw == Flaw.FORCES_AN_ABORT) {
            process.log().settleHeuristic(truth.id, truth.name);
        }
        noteAborted();
        world.judge.require(
                forces == process.mount().forces(),
                Rule.PRESUMED_ABORT,
                process.lane(),
                truth,
                "something was forced for an abort");
        process.forget(this);
    }

    private void noteAborted() {
        try {
            process.log().appendAborted(truth.id, truth.name);
        } catch (LogException failure) {
            world.recorder.noted(process.lane(), truth, "the abort isn't noted");
        }
    }

    void receive(Message message) {
        int branch = branch(message.branch());
        if (branch < 0) {
            return;
        }
        if (message instanceof Message.VoteOf vote) {
            receiveVote(branch, vote.vote());
        } else if (message instanceof Message.Ack) {
            takeIfAllowed(new CoordinatorStep.ReceiveAck(branch));
            forgetIfDone();
        } else if (message instanceof Message.Ended ended) {
            receiveEnded(branch, ended.ending());
        } else if (message instanceof Message.Inquiry) {
            answer(branch);
        } else if (message instanceof Message.Damage) {
            receiveDamage(branch);
        }
    }

    private int branch(int member) {
        for (int branch = 0; branch < members.length; branch++) {
            if (members[branch] == member) {
                return branch;
            }
        }
        return -1;
    }

    private void receiveVote(int branch, Vote vote) {
        if (!state.allows(new CoordinatorStep.ReceiveVote(branch, vote))) {
            return;
        }
        take(new CoordinatorStep.ReceiveVote(branch, vote));
        if (Flawed.overhears(world.flaw, state)) {
            decideCommit();
        } else if (vote == Vote.NO && world.flaw != Flaw.COMMITS_DESPITE_A_NO) {
            world.recorder.saw(Sight.VOTED_NO);
            abort();
        } else if (state.allows(new CoordinatorStep.DecideReadOnly())) {
            world.recorder.saw(Sight.EVERYBODY_READ_ONLY);
            take(new CoordinatorStep.DecideReadOnly());
            process.forget(this);
        } else if (state.allows(new CoordinatorStep.DecideCommit())) {
            decideCommit();
        }
    }

    private void decideCommit() {
        CoordinatorStep decide = new CoordinatorStep.DecideCommit();
        try {
            take(decide, decide.takenIn(state));
        } catch (LogFullException | LogClosedException nothingWritten) {
            process.mount().point();
            process.machine().metFullDisk();
            world.recorder.noted(process.lane(), truth, "no space for the commit record");
            abort();
            return;
        } catch (LogRefusedException fenced) {
            process.mount().point();
            world.recorder.saw(Sight.FENCED_APPEND_REFUSED);
            CoordinatorStep refused = new CoordinatorStep.Refused();
            take(refused, refused.takenIn(state));
            throw fenced;
        } catch (LogException unknown) {
            if (world.flaw == Flaw.TAKES_A_FAILED_FORCE_FOR_AN_ABORT
                    && process.mount().isAlive()) {
                take(new CoordinatorStep.DecideAbort());
            }
            throw unknown;
        }
        tellCommit();
    }

    /** Tells the commit, and again after a pause until all have acknowledged it. */
    void tellCommit() {
        if (!state.allows(new CoordinatorStep.SendCommit())) {
            return;
        }
        if (failures > 0) {
            world.recorder.saw(Sight.COMMIT_REPEATED);
        }
        take(new CoordinatorStep.SendCommit());
        process.retry(++failures, this::tellCommit);
    }

    private void forgetIfDone() {
        CoordinatorStep forget = new CoordinatorStep.Forget();
        if (state.allows(forget) || Flawed.forgets(world.flaw, state)) {
            take(forget, forget.takenIn(state));
            process.forget(this);
        }
    }

    private void receiveEnded(int branch, Ending ending) {
        boolean lies = world.flaw == Flaw.TAKES_UNKNOWN_FOR_ABORTED && ending == Ending.UNKNOWN;
        CoordinatorStep received = new CoordinatorStep.ReceiveEnded(branch, lies ? Ending.ABORTED : ending);
        if (state.allows(received)) {
            take(received);
            process.forget(this);
        }
    }

    private void answer(int branch) {
        CoordinatorStep answer = new CoordinatorStep.Answer(branch);
        if (isDeciding()) {
            world.recorder.saw(Sight.INQUIRY_WHILE_UNDECIDED);
            if (world.flaw == Flaw.ANSWERS_WHILE_DECIDING) {
                take(answer, answer.takenIn(state));
            }
        } else if (state.allows(answer)) {
            if (process.isLaterThan(truth)) {
                world.recorder.saw(
                        state.state() == CoordinatorState.COMMITTING
                                ? Sight.COMMIT_ANSWERED_BY_A_LATER_INCARNATION
                                : Sight.ABORT_PRESUMED_BY_A_LATER_INCARNATION);
            }
            take(answer);
        }
    }

    private void receiveDamage(int branch) {
        takeIfAllowed(new CoordinatorStep.ReceiveDamage(branch));
        takeIfAllowed(new CoordinatorStep.SendForget(branch));
    }
}
