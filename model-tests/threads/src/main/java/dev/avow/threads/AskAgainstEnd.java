package dev.avow.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.avow.grpc.Asking;
import dev.avow.grpc.contract.Answer;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * An order is asked while its stream ends.
 *
 * <pre>
 *   whoever asked    |
 *   failed           | allowed: it is told again on another stream
 *   waits for ever   | forbidden (Termination)
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "failed", expect = ACCEPTABLE, desc = "It is told again on another stream.")
public class AskAgainstEnd {
    private final Asking asking = new Asking();
    private CompletableFuture<Answer> answer = new CompletableFuture<>();

    @Actor
    public void ask() {
        answer = asking.ask();
    }

    @Actor
    public void end() {
        asking.end();
    }

    @Arbiter
    public void audit(L_Result result) {
        result.r1 = Asking.outcome(answer);
    }
}
