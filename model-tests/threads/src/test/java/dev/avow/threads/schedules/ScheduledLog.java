package dev.avow.threads.schedules;

import dev.avow.engine.DecisionLog;
import dev.avow.threads.world.Logs;
import dev.avow.threads.world.MemoryFiles;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** The file log, on a disk in memory. */
@Param(name = "sequence", gen = IntGen.class, conf = "1:2")
public class ScheduledLog {
    private final DecisionLog log = Logs.open(new MemoryFiles());

    @Operation(params = "sequence")
    public void append(int sequence) {
        log.appendCommit(Logs.commit(sequence));
    }

    /** An end rides with the next record that is forced: here with one that changes nothing. */
    @Operation(params = "sequence")
    public void end(int sequence) {
        log.appendEnd(Logs.id(sequence));
        log.settleHeuristic(Logs.id(0), "nobody");
    }

    @Operation(params = "sequence")
    public boolean remembers(int sequence) {
        return log.remembered(Logs.id(sequence)).isPresent();
    }

    @Operation
    public List<Long> unfinished() {
        return Logs.sequences(log.unfinished());
    }
}
