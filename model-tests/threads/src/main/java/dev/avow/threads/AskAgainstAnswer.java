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
 * An order is asked while its answer comes, and then the end of its stream.
 *
 * <pre>
 *   whoever asked    |
 *   answered         | allowed
 *   failed           | allowed: the answer came before there was a question
 *   waits for ever   | forbidden (Termination)
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "answered", expect = ACCEPTABLE, desc = "The answer counts.")
@Outcome(id = "failed", expect = ACCEPTABLE, desc = "The answer came before there was a question.")
public class AskAgainstAnswer {
    private final Asking asking = new Asking();
    private CompletableFuture<Answer> answer = new CompletableFuture<>();

    @Actor
    public void ask() {
        answer = asking.ask();
    }

    @Actor
    public void answerAndEnd() {
        asking.answerAndEnd();
    }

    @Arbiter
    public void audit(L_Result result) {
        result.r1 = Asking.outcome(answer);
    }
}
