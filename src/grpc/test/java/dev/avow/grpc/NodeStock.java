package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.lite.ProtoLiteUtils;
import io.grpc.stub.ClientCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The stock in JavaScript, in a process of its own that can be killed and started again at its place, on a disk that loses. */
final class NodeStock implements Texts.Reached, AutoCloseable {
    private static final MethodDescriptor<UnknownFieldSet, UnknownFieldSet> RESERVE = method("Reserve");
    private static final MethodDescriptor<UnknownFieldSet, UnknownFieldSet> COUNT = method("Count");
    private static final String LISTENING = "listening on ";
    private static final long PATIENCE_SECONDS = 60;

    private final Path program;
    private final Path folder;
    private final ManagedChannel direct;
    private volatile Consumer<Answer> hearing = answer -> {};
    private int port;
    private Process process;

    /**
     * Starts it, with ten bolts where its folder is empty.
     *
     * @param program where its main.js is
     */
    NodeStock(Path program, Path folder) throws IOException {
        this.program = program;
        this.folder = Files.createDirectories(folder);
        this.process = started();
        this.direct = channel();
    }

    private Process started() throws IOException {
        Path output = folder.resolve("output");
        Process starting = new ProcessBuilder(
                        "node",
                        "--require",
                        Path.of("test/resources/dev/avow/grpc/disk-and-clock.js")
                                .toAbsolutePath()
                                .toString(),
                        "main.js",
                        "--contract",
                        Path.of("../grpc-contract/main/proto").toAbsolutePath().toString(),
                        "--folder",
                        folder.toString(),
                        "--port",
                        Integer.toString(port))
                .directory(program.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        String line = nextLine(starting);
        if (!line.startsWith(LISTENING)) {
            starting.destroyForcibly();
            throw new IllegalStateException("the stock doesn't start: " + line + Files.readString(output));
        }
        port = Integer.parseInt(line.substring(LISTENING.length()));
        return starting;
    }

    private static String nextLine(Process process) {
        BufferedReader reader = process.inputReader();
        return CompletableFuture.supplyAsync(() -> read(reader).orElse("it says nothing. "))
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static Optional<String> read(BufferedReader reader) {
        try {
            return Optional.ofNullable(reader.readLine());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Every branch that counts its work timeout has counted to its end when this returns. */
    void letTheWorkTimeoutPass() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        assertEquals("the work timeout has passed", nextLine(process));
    }

    /** As SIGKILL does it, at once. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " survives its kill");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while process " + process.pid() + " dies", interrupted);
        }
    }

    Path journal() {
        return folder.resolve("journal");
    }

    void startAgain() throws IOException {
        process = started();
    }

    /** Is told each answer to an order, before the coordinator hears it. */
    void whenAnswering(Consumer<Answer> told) {
        hearing = told;
    }

    @Override
    public ManagedChannel channel() {
        return Grpc.newChannelBuilder("localhost:" + port, InsecureChannelCredentials.create())
                .intercept(listening())
                .build();
    }

    @Override
    public RemoteParticipant participant(String usualName, Channel channel, Duration patience) {
        return RemoteParticipant.of("stock", channel, patience).unary();
    }

    private ClientInterceptor listening() {
        return new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(
                    MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
                ClientCall<Q, A> call = next.newCall(method, options);
                boolean isTell = method.getFullMethodName()
                        .equals(ParticipantServiceGrpc.getTellMethod().getFullMethodName());
                return isTell ? listening(call) : call;
            }
        };
    }

    private <Q, A> ClientCall<Q, A> listening(ClientCall<Q, A> call) {
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onMessage(A message) {
                                hearing.accept((Answer) message);
                                super.onMessage(message);
                            }
                        },
                        headers);
            }
        };
    }

    static void reserve(Channel channel, int bolts) {
        UnknownFieldSet amount = UnknownFieldSet.newBuilder(bolts())
                .addField(2, Field.newBuilder().addVarint(bolts).build())
                .build();
        UnknownFieldSet unused = ClientCalls.blockingUnaryCall(channel, RESERVE, options(), amount);
    }

    Level level() {
        return level(direct);
    }

    /** Once it is reached by this channel. */
    static Level level(Channel channel) {
        UnknownFieldSet level =
                ClientCalls.blockingUnaryCall(channel, COUNT, options().withWaitForReady(), bolts());
        return new Level(number(level.getField(1)), number(level.getField(2)));
    }

    record Level(int inStock, int reserved) {}

    private static UnknownFieldSet bolts() {
        ByteString bolts = ByteString.copyFromUtf8("bolts");
        return UnknownFieldSet.newBuilder()
                .addField(1, Field.newBuilder().addLengthDelimited(bolts).build())
                .build();
    }

    /** A zero isn't sent. */
    private static int number(Field field) {
        return field.getVarintList().stream().mapToInt(Long::intValue).sum();
    }

    private static CallOptions options() {
        return CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static MethodDescriptor<UnknownFieldSet, UnknownFieldSet> method(String name) {
        var marshaller = ProtoLiteUtils.marshaller(UnknownFieldSet.getDefaultInstance());
        return MethodDescriptor.newBuilder(marshaller, marshaller)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("example.stock.v1.Stock/" + name)
                .build();
    }

    @Override
    public void close() {
        direct.shutdownNow();
        kill();
    }
}
