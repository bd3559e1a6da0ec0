package dev.avow.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.avow.engine.LogException;
import dev.avow.engine.LogRefusedException;
import dev.avow.threads.world.Logs;
import dev.avow.threads.world.Meeting;
import dev.avow.threads.world.MemoryFiles;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two processes open one log at once, on a disk that keeps no locks, and each appends a commit. (Fenced)
 *
 * <pre>
 *   first          second         a third opening finds         |
 *   acknowledged   acknowledged   both                          | allowed: one came after the other
 *   acknowledged   refused        the first's, maybe both       | allowed: the second was overtaken
 *   refused        acknowledged   the second's, maybe both      | allowed: the first was overtaken
 *   refused        refused        whatever                      | forbidden: nobody may decide
 *   anything else: an acknowledged commit that isn't found, or  | forbidden
 *   two of one number                                           |
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "acknowledged, acknowledged, none lost", expect = ACCEPTABLE, desc = "One came after the other.")
@Outcome(id = "acknowledged, refused, none lost", expect = ACCEPTABLE, desc = "The second was overtaken.")
@Outcome(id = "refused, acknowledged, none lost", expect = ACCEPTABLE, desc = "The first was overtaken.")
public class OpeningAgainstOpening {
    private final MemoryFiles disk = new MemoryFiles();
    private final Meeting meeting = new Meeting();

    @Actor
    public void first(LLL_Result result) {
        meeting.meetAndLinger(1_000);
        result.r1 = openAndAppend(1);
    }

    @Actor
    public void second(LLL_Result result) {
        meeting.meetAndLinger(1_000);
        result.r2 = openAndAppend(2);
    }

    private String openAndAppend(int sequence) {
        try {
            Logs.open(disk).appendCommit(Logs.commit(sequence));
            return "acknowledged";
        } catch (LogRefusedException overtaken) {
            return "refused";
        } catch (LogException other) {
            return other.toString();
        }
    }

    @Arbiter
    public void audit(LLL_Result result) {
        List<Long> found = Logs.found(disk);
        boolean firstLost = "acknowledged".equals(result.r1) && !found.contains(1L);
        boolean secondLost = "acknowledged".equals(result.r2) && !found.contains(2L);
        result.r3 = firstLost || secondLost ? "found only " + found : "none lost";
    }
}
