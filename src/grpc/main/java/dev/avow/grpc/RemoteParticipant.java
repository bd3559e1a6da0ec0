package dev.avow.grpc;

import dev.avow.engine.AsyncParticipant;
import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.Abort;
import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Commit;
import dev.avow.grpc.contract.Forget;
import dev.avow.grpc.contract.ListInDoubtRequest;
import dev.avow.grpc.contract.OnePhase;
import dev.avow.grpc.contract.Order;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import dev.avow.grpc.contract.Peer;
import dev.avow.grpc.contract.Prepare;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Stands in the coordinator's process for a participant in another one, which serves a {@link ParticipantService} or the
 * contract in another language. Orders of all transactions travel on one stream, packed; a stream that breaks is replaced
 * with the next order. To a {@link #unary} one each travels in a call of its own. Safe for any number of threads.
 */
public final class RemoteParticipant implements AsyncParticipant, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Courier.Form CONVERSATION = (channel, patience) -> Conversation.over(channel);

    private final String name;
    private final Line line;
    private final Duration patience;
    private final String certificate;
    private final Courier.Form form;
    private volatile Watching watching = Watching.NOBODY;
    /** Guarded by this. */
    private Optional<Courier> courier = Optional.empty();

    private boolean closed;

    /**
     * How it is reached.
     *
     * @param address present if the channel is this one's own
     * @param atOnce before each attempt: whoever calls has paused already, and gRPC's own pauses would go up to two minutes
     */
    private record Line(Channel channel, Optional<String> address, Runnable shutdown, Runnable atOnce) {
        static Line to(String address, ManagedChannel channel) {
            return new Line(channel, Optional.of(address), channel::shutdownNow, channel::resetConnectBackoff);
        }

        static Line over(Channel channel) {
            return new Line(channel, Optional.empty(), () -> {}, () -> {});
        }
    }

    private RemoteParticipant(String name, Line line, Duration patience, String certificate, Courier.Form form) {
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException(
                    "the patience with \"" + name + "\" is " + patience + ": give it more than 0");
        }
        this.name = name;
        this.line = line;
        this.patience = patience;
        this.certificate = certificate;
        this.form = form;
    }

    /** {@link #at(String, String, Identity, String, Duration)} whose certificate has its name, with a patience of 30 seconds. */
    public static RemoteParticipant at(String name, String address, Identity identity) {
        return at(name, address, identity, name, PATIENCE);
    }

    /**
     * The participant at this address. Other participants are told it, to settle with this one what they are in doubt about.
     *
     * @param name what both sides call it, the same after each restart
     * @param address leads to one process, always the same or its successor on the same data: of several behind one name, one
     *     would acknowledge what another holds
     * @param identity opens the channel to it, which {@link #close()} shuts down
     * @param certificate the name that its certificate must have, there and where it enlists itself; no matter in plain text
     * @param patience how long an answer may take before the order counts as unanswered
     * @throws IllegalArgumentException if the patience isn't positive, or the address isn't one that the identity may call
     */
    public static RemoteParticipant at(
            String name, String address, Identity identity, String certificate, Duration patience) {
        ManagedChannel channel = identity.channel(Addresses.required(address), certificate);
        return new RemoteParticipant(name, Line.to(address, channel), patience, certificate, CONVERSATION);
    }

    /** {@link #of(String, Channel, Duration)} with a patience of 30 seconds. */
    public static RemoteParticipant of(String name, Channel channel) {
        return of(name, channel, PATIENCE);
    }

    /**
     * The participant that is reached over this channel. What is behind it is the caller's to see to, by TLS; its own
     * certificate must have its name where it enlists itself. Other participants aren't told how to reach it.
     *
     * @param name what both sides call it, the same after each restart
     * @param channel leads to one process, always the same or its successor on the same data: of several behind one name, one
     *     would acknowledge what another holds. Stays the caller's to shut down
     * @param patience how long an answer may take before the order counts as unanswered
     * @throws IllegalArgumentException if the patience isn't positive
     */
    public static RemoteParticipant of(String name, Channel channel, Duration patience) {
        return new RemoteParticipant(name, Line.over(channel), patience, name, CONVERSATION);
    }

    /**
     * This one, where it serves the contract's {@code Tell}, which is simpler to write in another language than {@code
     * Converse}: each order is a call of its own, with the patience as its deadline. To be used and closed instead of this.
     */
    public RemoteParticipant unary() {
        return new RemoteParticipant(name, line, patience, certificate, UnaryCalls::new);
    }

    /** To its process, for the application's own calls, too. */
    public Channel channel() {
        return line.channel();
    }

    /** The name in its certificate. */
    String certificate() {
        return certificate;
    }

    /** From now on; what recovery tells before isn't seen. */
    void watchedBy(Watching whoever) {
        watching = whoever;
    }

    /** For another participant, if that can reach it. */
    Optional<Peer> asPeer() {
        return line.address()
                .map(known -> Peer.newBuilder()
                        .setName(name)
                        .setAddress(known)
                        .setIdentity(certificate)
                        .build());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletionStage<Vote> prepareAsync(TransactionId id) {
        return ask(
                order(id).setPrepare(Prepare.getDefaultInstance()),
                Answer.MessageCase.VOTE,
                answer -> Wire.fromWire(answer.getVote().getVote()));
    }

    @Override
    public CompletionStage<Void> commitAsync(TransactionId id) {
        return tell(order(id).setCommit(Commit.getDefaultInstance()));
    }

    @Override
    public CompletionStage<Void> abortAsync(TransactionId id) {
        return tell(order(id).setAbort(Abort.getDefaultInstance()));
    }

    @Override
    public CompletionStage<Void> forgetAsync(TransactionId id) {
        return tell(order(id).setForget(Forget.getDefaultInstance()));
    }

    @Override
    public CompletionStage<Ending> commitOnePhaseAsync(TransactionId id) {
        return ask(
                order(id).setOnePhase(OnePhase.getDefaultInstance()),
                Answer.MessageCase.ENDED,
                answer -> Wire.fromWire(answer.getEnded().getEnding()));
    }

    @Override
    public Collection<TransactionId> inDoubt() throws Exception {
        return Context.ROOT.call(this::listed);
    }

    private Collection<TransactionId> listed() {
        line.atOnce().run();
        return ParticipantServiceGrpc.newBlockingStub(line.channel())
                .withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS)
                .listInDoubt(ListInDoubtRequest.getDefaultInstance())
                .getTransactionsList()
                .stream()
                .map(Wire::fromWire)
                .toList();
    }

    private static Order.Builder order(TransactionId id) {
        return Order.newBuilder().setTransaction(Wire.toWire(id));
    }

    private CompletionStage<Void> tell(Order.Builder order) {
        return ask(order, Answer.MessageCase.ACK, Answer::getAck).thenAccept(acknowledged -> {});
    }

    private <T> CompletionStage<T> ask(Order.Builder order, Answer.MessageCase wanted, Function<Answer, T> reading) {
        Courier courier = courier();
        WatchedOrders.Telling telling = WatchedOrders.telling(watching, name, order);
        Courier.Asked asked = courier.ask(order);
        return asked.answer()
                .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                .handle((answer, failure) -> {
                    telling.answered(Optional.ofNullable(answer), Optional.ofNullable(failure));
                    if (failure == null) {
                        return reading.apply(required(answer, wanted));
                    }
                    asked.abandon().run();
                    throw new CompletionException(unanswered(order, failure));
                });
    }

    private Exception unanswered(Order.Builder order, Throwable failure) {
        return failure instanceof TimeoutException
                ? new TimeoutException(late(order))
                : new IOException(unanswered(order, Status.fromThrowable(failure)), failure);
    }

    private String unanswered(Order.Builder order, Status why) {
        if (why.getCode() == Status.Code.UNIMPLEMENTED) {
            return "\"" + name + "\" doesn't serve this form of orders (" + why.getDescription()
                    + "): RemoteParticipant.unary() needs Tell there, and one without it needs Converse";
        }
        return why.getCode() == Status.Code.DEADLINE_EXCEEDED
                ? late(order)
                : "\"" + name + "\" can't be reached, or the connection broke before it had answered: " + why;
    }

    private String late(Order.Builder order) {
        return "\"" + name + "\" hasn't answered within " + patience + " to " + order.getMessageCase() + " of "
                + Wire.fromWire(order.getTransaction());
    }

    private synchronized Courier courier() {
        if (closed) {
            throw new IllegalStateException("the remote participant \"" + name + "\" is closed");
        }
        Courier open = courier.filter(current -> !current.hasEnded()).orElseGet(this::begun);
        courier = Optional.of(open);
        return open;
    }

    private Courier begun() {
        line.atOnce().run();
        return form.over(line.channel(), patience);
    }

    private Answer required(Answer answer, Answer.MessageCase wanted) {
        if (answer.getMessageCase() == wanted) {
            return answer;
        }
        if (answer.hasDamage()) {
            throw new CompletionException(Wire.fromWire(answer.getDamage()));
        }
        throw new CompletionException(new IOException(
                answer.hasFailure()
                        ? answer.getFailure().getWords()
                        : "\"" + name + "\" answered by " + answer.getMessageCase() + " where " + wanted
                                + " was due: does it speak another version of the contract?"));
    }

    /** Ends what is under way, and the channel if it is its own. To be called after the coordinator's close. */
    @Override
    public void close() {
        // Without the lock: whoever is told that nothing more is answered may go on here, in this thread.
        ended().ifPresent(Courier::close);
        line.shutdown().run();
    }

    private synchronized Optional<Courier> ended() {
        closed = true;
        return courier;
    }
}
