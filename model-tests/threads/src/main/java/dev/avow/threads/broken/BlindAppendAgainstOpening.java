package dev.avow.threads.broken;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.avow.threads.world.Overtaking;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * {@link dev.avow.threads.AppendAgainstOpening} with an earlier incarnation that never sees the flag: the appender of
 * spec/broken/LogAppenderBlind.tla.
 *
 * <pre>
 *   earlier        later       |
 *   acknowledged   found       | allowed
 *   acknowledged   not found   | forbidden, and must appear
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "acknowledged, found", expect = ACCEPTABLE, desc = "The append came first.")
@Outcome(id = "acknowledged, not found", expect = FORBIDDEN, desc = "The decision is lost.")
public class BlindAppendAgainstOpening {
    private final Overtaking overtaking = new Overtaking(BlindFiles::new);

    @Actor
    public void append(LL_Result result) {
        result.r1 = overtaking.append();
    }

    @Actor
    public void open(LL_Result result) {
        result.r2 = overtaking.open();
    }
}
