package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.CoordinatorServiceGrpc;
import dev.avow.grpc.contract.EnlistReply;
import dev.avow.grpc.contract.EnlistRequest;
import dev.avow.grpc.contract.Inquiry;
import dev.avow.grpc.contract.InquiryReply;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import dev.avow.grpc.contract.Peer;
import dev.avow.grpc.contract.PeerInquiry;
import dev.avow.protocol.Ending;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The coordinators and other participants that this process speaks with. Safe for any number of threads. */
final class Coordinators implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinators.class);
    private static final int DEEPEST_CAUSE = 10;
    private static final int MOST_PEERS = 1_000;

    private final ParticipantOptions options;
    private final Book book;
    private final Map<Place, ManagedChannel> channels = new ConcurrentHashMap<>();

    Coordinators(ParticipantOptions options, Book book) {
        this.options = options;
        this.book = book;
    }

    /**
     * Enlists the participant, and keeps durably for whom.
     *
     * @throws IllegalStateException if the coordinator refuses, if whether it has enlisted the branch is unknown, or if that
     *     can't be kept: no work may begin
     */
    void enlist(Travelling travelling, String participant, long branch) {
        EnlistRequest request = EnlistRequest.newBuilder()
                .setTransaction(Wire.toWire(travelling.id()))
                .setParticipant(participant)
                .setBranch(branch)
                .build();
        Place place = new Place(travelling.coordinator(), travelling.caller());
        try {
            book.learn(entry(travelling.id(), place, asked(place, request)));
        } catch (StatusRuntimeException refused) {
            throw cannotWork(
                    travelling,
                    participant,
                    "its coordinator at " + travelling.coordinator() + " says " + words(refused.getStatus()),
                    refused);
        } catch (RefusedEntryException refused) {
            String what = String.valueOf(refused.getMessage());
            options.identity().refusals().count(refused.kind(), "\"" + place.identity() + "\"", what);
            throw cannotWork(travelling, participant, what, refused);
        } catch (IOException | IllegalArgumentException failure) {
            throw cannotWork(travelling, participant, String.valueOf(failure.getMessage()), failure);
        }
    }

    private static IllegalStateException cannotWork(
            Travelling travelling, String participant, String why, Exception cause) {
        return new IllegalStateException(
                "\"" + participant + "\" can't work for " + travelling.name() + " (" + travelling.id() + "): " + why,
                cause);
    }

    /** Its own words for itself have a cause's whole stack. */
    private static String words(Status status) {
        StringBuilder words = new StringBuilder(status.getCode() + ": ");
        words.append(String.valueOf(status.getDescription()).lines().findFirst().orElse(""));
        Optional<Throwable> cause = Optional.ofNullable(status.getCause());
        for (int depth = 0; cause.isPresent() && depth < DEEPEST_CAUSE; depth++) {
            words.append(": ").append(cause.get().getMessage());
            cause = Optional.ofNullable(cause.get().getCause());
        }
        return words.toString();
    }

    private EnlistReply asked(Place place, EnlistRequest request) {
        requireAllowed(place);
        Optional<ManagedChannel> known = Optional.ofNullable(channels.get(place));
        if (known.isPresent()) {
            return asked(known.get(), request);
        }
        // Only one behind which a coordinator has been found is kept: callers can name any number of addresses.
        ManagedChannel tried = options.identity().channel(place);
        boolean isKept = false;
        try {
            EnlistReply reply = asked(tried, request);
            isKept = channels.putIfAbsent(place, tried) == null;
            return reply;
        } finally {
            if (!isKept) {
                tried.shutdown();
            }
        }
    }

    private EnlistReply asked(ManagedChannel channel, EnlistRequest request) {
        return CoordinatorServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(options.patience().toNanos(), TimeUnit.NANOSECONDS)
                .enlist(request);
    }

    private void requireAllowed(Place place) {
        if (!options.coordinators().test(place.address())) {
            String what =
                    "no coordinator may be called at " + place.address() + ": see ParticipantOptions.coordinators";
            options.identity().refusals().count(Refusals.Kind.FOREIGN_ADDRESS, place.identity(), what);
            throw new IllegalArgumentException(what);
        }
    }

    private Book.Entry entry(TransactionId id, Place place, EnlistReply reply) {
        if (reply.getPeersCount() > MOST_PEERS) {
            throw new IllegalArgumentException("its coordinator at " + place.address() + " names "
                    + reply.getPeersCount() + " other participants: " + MOST_PEERS + " are taken");
        }
        SortedMap<String, Place> peers = new TreeMap<>();
        for (Peer peer : reply.getPeersList()) {
            peers.put(
                    peer.getName(),
                    new Place(
                            Addresses.required(peer.getAddress()),
                            options.identity().expected(peer.getIdentity())));
        }
        return new Book.Entry(id.coordinator(), place, peers);
    }

    /**
     * Asks the coordinator for decisions, which it tells by its orders.
     *
     * @return whether it has replied: what isn't decided will be
     */
    boolean inquire(Place place, String participant, List<TransactionId> ids) {
        Inquiry.Builder inquiry = Inquiry.newBuilder().setParticipant(participant);
        ids.forEach(id -> inquiry.addTransactions(Wire.toWire(id)));
        try {
            InquiryReply unused = CoordinatorServiceGrpc.newBlockingStub(channel(place))
                    .withDeadlineAfter(options.patience().toNanos(), TimeUnit.NANOSECONDS)
                    .inquire(inquiry.build());
            return true;
        } catch (StatusRuntimeException | IllegalArgumentException silent) {
            LOG.debug("The coordinator at {} doesn't reply to \"{}\"", place.address(), participant, silent);
            return false;
        }
    }

    /** What another participant knows to be decided of these; nothing if it doesn't reply. */
    Map<TransactionId, Ending> askPeer(Place place, List<TransactionId> ids) {
        PeerInquiry.Builder inquiry = PeerInquiry.newBuilder();
        ids.forEach(id -> inquiry.addTransactions(Wire.toWire(id)));
        try {
            Map<TransactionId, Ending> known = new TreeMap<>();
            ParticipantServiceGrpc.newBlockingStub(channel(place))
                    .withDeadlineAfter(options.patience().toNanos(), TimeUnit.NANOSECONDS)
                    .ask(inquiry.build())
                    .getAnswersList()
                    .forEach(answer ->
                            known.put(Wire.fromWire(answer.getTransaction()), Wire.fromWire(answer.getEnding())));
            // Not what nobody asked for, and no answer that says nothing.
            known.keySet().retainAll(ids);
            known.values().removeIf(ending -> ending == Ending.UNKNOWN);
            return known;
        } catch (StatusRuntimeException | IllegalArgumentException silent) {
            LOG.debug("The participant at {} doesn't reply", place.address(), silent);
            return Map.of();
        }
    }

    /** To a coordinator or another participant that stands in the book, tried at once: gRPC's own pauses are long. */
    private ManagedChannel channel(Place place) {
        ManagedChannel channel = channels.computeIfAbsent(place, options.identity()::channel);
        channel.resetConnectBackoff();
        return channel;
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
    }
}
