package dev.avow.simulator.world;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.HeuristicRecord;
import dev.avow.protocol.BranchSet;
import dev.avow.protocol.CoordinatorState;
import dev.avow.protocol.DiskRecord;
import dev.avow.protocol.Effect;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Message;
import dev.avow.simulator.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Carries out what a coordinator's steps ask for, on the real log and the simulated network; the judge sees each. */
final class CoordinatorHands implements Effect.Hands {
    private final CoordinatorProcess process;
    private final World world;
    private final Truth truth;
    /** Which participant each branch is. */
    private final int[] members;

    private final Supplier<CoordinatorState> state;

    CoordinatorHands(CoordinatorProcess process, Truth truth, int[] members, Supplier<CoordinatorState> state) {
        this.process = process;
        this.world = process.world;
        this.truth = truth;
        this.members = members;
        this.state = state;
    }

    @Override
    public void send(Message message) {
        int member = members[message.branch()];
        Message addressed = Flawed.addressed(message, member);
        world.network.send(process.lane(), world.laneOf(member), truth, addressed);
        world.judge.sends(truth, member, addressed);
    }

    @Override
    public void tell(Ending ending) {
        world.judge.told(truth, ending);
    }

    @Override
    public void forceCommitRecord(BranchSet branches) {
        List<String> names = new ArrayList<>();
        int set = 0;
        for (int branch = 0; branch < members.length; branch++) {
            if (branches.contains(branch)) {
                names.add("P" + members[branch]);
                set = Truth.with(set, members[branch]);
            }
        }
        truth.attempted = true;
        truth.recordedFor = set;
        process.log().appendCommit(new CommitRecord(truth.id, truth.name, names));
        process.machine().wrote();
        world.judge.recorded(truth, process.log().incarnation(), process.mount().isDurable());
        world.recorder.forced(process.lane(), truth, "commit record");
    }

    @Override
    public void appendEndRecord() {
        world.judge.ends(truth);
        process.log().appendEnd(truth.id);
    }

    @Override
    public void forceReport(int branch) {
        boolean commits = state.get() == CoordinatorState.COMMITTING;
        process.log()
                .appendHeuristic(new HeuristicRecord(
                        truth.id,
                        truth.name,
                        "P" + members[branch],
                        commits ? "abort" : "commit",
                        commits ? "commit" : "abort"));
        if (process.mount().isDurable()) {
            truth.reported = Truth.with(truth.reported, members[branch]);
        }
        world.recorder.forced(process.lane(), truth, "report");
        world.recorder.saw(
                process.isLaterThan(truth)
                        ? Sight.HEURISTIC_REPORTED_TO_A_LATER_INCARNATION
                        : Sight.HEURISTIC_REPORTED);
    }

    @Override
    public void forceRecord(int branch, DiskRecord disk) {
        throw new IllegalStateException("a coordinator forces no participant's record: " + disk);
    }

    @Override
    public void appendRecord(int branch, DiskRecord disk) {
        throw new IllegalStateException("a coordinator appends no participant's record: " + disk);
    }
}
