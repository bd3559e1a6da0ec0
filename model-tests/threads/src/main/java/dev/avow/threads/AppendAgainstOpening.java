package dev.avow.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.avow.threads.world.Overtaking;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * An earlier incarnation appends a commit while a later one opens the log, on a disk that keeps no locks. (Fenced)
 *
 * <pre>
 *   earlier        later       |
 *   acknowledged   found       | allowed: the append came first
 *   refused        found       | allowed: the earlier one says nothing, the later one decides
 *   refused        not found   | allowed: the opening came first
 *   acknowledged   not found   | forbidden: the later one would presume an abort
 * </pre>
 *
 * {@link dev.avow.threads.broken.BlindAppendAgainstOpening} is the same without a look at the fence.
 */
@JCStressTest
@State
@Outcome(id = "acknowledged, found", expect = ACCEPTABLE, desc = "The append came first.")
@Outcome(id = "refused, found", expect = ACCEPTABLE, desc = "Each has seen the other.")
@Outcome(id = "refused, not found", expect = ACCEPTABLE, desc = "The opening came first.")
public class AppendAgainstOpening {
    private final Overtaking overtaking = new Overtaking(UnaryOperator.identity());

    @Actor
    public void append(LL_Result result) {
        result.r1 = overtaking.append();
    }

    @Actor
    public void open(LL_Result result) {
        result.r2 = overtaking.open();
    }
}
