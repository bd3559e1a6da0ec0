package dev.avow.threads.world;

import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogException;
import dev.avow.engine.LogRefusedException;
import dev.avow.engine.log.LogFiles;
import java.util.function.UnaryOperator;

/** An earlier incarnation appends a commit while a later one opens the log. (Fenced) */
public final class Overtaking {
    private final MemoryFiles disk = new MemoryFiles();
    private final Meeting meeting = new Meeting();
    private final DecisionLog earlier;

    /** @param sight how the earlier incarnation sees the disk */
    public Overtaking(UnaryOperator<LogFiles> sight) {
        earlier = Logs.open(sight.apply(disk));
    }

    /** What the earlier one says to a commit. */
    public String append() {
        meeting.meetAndLinger(1_000);
        try {
            earlier.appendCommit(Logs.commit(1));
            return "acknowledged";
        } catch (LogRefusedException overtaken) {
            return "refused";
        } catch (LogException other) {
            return other.toString();
        }
    }

    /** Whether the later one knows that commit. */
    public String open() {
        meeting.meetAndLinger(1_000);
        DecisionLog later = Logs.open(disk);
        return later.unfinished().isEmpty() ? "not found" : "found";
    }
}
