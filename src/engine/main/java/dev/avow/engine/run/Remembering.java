package dev.avow.engine.run;

import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.BranchSet;
import dev.avow.protocol.Coordinator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Decisions that aren't this run's own: what an incarnation knows from its log, or from finding nothing in it. */
final class Remembering {
    private Remembering() {}

    /** A commit that an earlier incarnation has left unfinished. (CoordinatorRecover) */
    static Telling recovered(TransactionId id, String name, List<Branch> branches, Engine engine) {
        Coordinator state = Coordinator.recovered(branches.size(), BranchSet.first(branches.size()));
        return remembering(state, id, name, branches, engine);
    }

    /** A transaction of which there is no record, and a participant that is in doubt about it. (PresumedAbort) */
    static Telling presumed(TransactionId id, String name, Branch inDoubt, Engine engine) {
        return remembering(Coordinator.unknown(1), id, name, List.of(inDoubt), engine);
    }

    private static Telling remembering(
            Coordinator state, TransactionId id, String name, List<Branch> branches, Engine engine) {
        Set<String> settledAlone = engine.log().heuristics().stream()
                .filter(heuristic -> heuristic.id().equals(id))
                .map(HeuristicRecord::participant)
                .collect(Collectors.toSet());
        int[] reported = branches.stream()
                .filter(branch -> settledAlone.contains(branch.name()))
                .mapToInt(Branch::number)
                .toArray();
        Coordinator informed = state.withReports(BranchSet.of(reported));
        return new Telling(id, name, branches, new Protocol(id, name, engine.observed(), informed), engine);
    }
}
