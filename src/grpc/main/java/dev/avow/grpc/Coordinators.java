package dev.avow.grpc;

import dev.avow.grpc.contract.CoordinatorServiceGrpc;
import dev.avow.grpc.contract.EnlistReply;
import dev.avow.grpc.contract.EnlistRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The coordinators that this process has heard of, by address. Safe for any number of threads. */
final class Coordinators implements AutoCloseable {
    private final Function<String, ManagedChannel> connect;
    private final Duration patience;
    private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

    Coordinators(Function<String, ManagedChannel> connect, Duration patience) {
        this.connect = connect;
        this.patience = patience;
    }

    /** @throws IllegalStateException if it refuses, or if whether it has enlisted the branch is unknown */
    void enlist(Travelling travelling, String participant, long branch) {
        EnlistRequest request = EnlistRequest.newBuilder()
                .setTransaction(Wire.toWire(travelling.id()))
                .setParticipant(participant)
                .setBranch(branch)
                .build();
        try {
            EnlistReply unused = CoordinatorServiceGrpc.newBlockingStub(
                            channels.computeIfAbsent(travelling.coordinator(), connect))
                    .withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS)
                    .enlist(request);
        } catch (StatusRuntimeException refused) {
            throw new IllegalStateException(
                    "\"" + participant + "\" can't work for " + travelling.name() + " (" + travelling.id()
                            + "): its coordinator at " + travelling.coordinator() + " says " + refused.getStatus(),
                    refused);
        }
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
    }
}
