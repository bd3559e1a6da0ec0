package dev.avow.benchmarks;

import dev.avow.protocol.Coordinator;
import dev.avow.protocol.CoordinatorStep;
import dev.avow.protocol.Transition;
import dev.avow.protocol.Vote;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The protocol functions alone: the coordinator's steps from the first prepare to forgetting, their effects dropped. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class ProtocolBenchmark {
    @Param({"2", "10"})
    public int participants;

    @Benchmark
    public Coordinator committed(Blackhole effects) {
        Coordinator state = Coordinator.working(participants);
        state = step(state, new CoordinatorStep.SendPrepare(), effects);
        for (int branch = 0; branch < participants; branch++) {
            state = step(state, new CoordinatorStep.ReceiveVote(branch, Vote.YES), effects);
        }
        state = step(state, new CoordinatorStep.DecideCommit(), effects);
        state = step(state, new CoordinatorStep.SendCommit(), effects);
        for (int branch = 0; branch < participants; branch++) {
            state = step(state, new CoordinatorStep.ReceiveAck(branch), effects);
        }
        return step(state, new CoordinatorStep.Forget(), effects);
    }

    private static Coordinator step(Coordinator state, CoordinatorStep step, Blackhole effects) {
        Transition<Coordinator> transition = state.step(step);
        effects.consume(transition.effects());
        return transition.next();
    }
}
