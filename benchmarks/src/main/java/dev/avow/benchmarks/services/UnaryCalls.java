package dev.avow.benchmarks.services;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.ClientCalls;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A call for each order. */
@State(Scope.Benchmark)
public class UnaryCalls extends RoundTrips {
    @Setup
    public void open(Services services) throws Exception {
        connect(services, UnaryCalls::telling);
    }

    private static Told telling(Channel channel) {
        return order -> ClientCalls.futureUnaryCall(channel.newCall(Bare.TELL, CallOptions.DEFAULT), order.build());
    }
}
