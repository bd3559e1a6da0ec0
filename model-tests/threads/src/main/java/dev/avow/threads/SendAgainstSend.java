package dev.avow.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.avow.grpc.Sending;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two threads have orders for one stream, which takes no more while a message is written, and the last of them ends it.
 *
 * <pre>
 *   sent                     |
 *   all once, then the end   | allowed
 *   anything else            | forbidden: lost, sent twice, left lying, or two that send at a time
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "all once, then the end", expect = ACCEPTABLE, desc = "Nothing is lost.")
public class SendAgainstSend {
    private final Sending sending = new Sending();

    @Actor
    public void one() {
        sending.add(1);
    }

    @Actor
    public void other() {
        sending.addAndWrite(11);
    }

    @Arbiter
    public void audit(L_Result result) {
        result.r1 = sending.sent();
    }
}
