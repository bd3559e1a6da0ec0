package dev.avow.grpc;

import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.participant.PeerKnowledge;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import java.util.Optional;

/**
 * Lets a participant of this process, such as its database, take part in the transactions of other processes. Their calls
 * come through {@link #interceptor()}; what their coordinators order comes to {@link #service()}. Safe for any number of
 * threads.
 */
public final class ParticipantService implements AutoCloseable {
    private final Participant participant;
    private final Identity identity;
    private final Book book;
    private final Gate gate;
    private final Coordinators coordinators;
    private final PeerKnowledge knowledge = new PeerKnowledge();
    private final OpenBranches branches;
    private final BranchCalls calls;
    private final OrderThreads threads = new OrderThreads();
    private final Clearing clearing;

    private ParticipantService(Participant participant, ParticipantOptions options, Book book) {
        this.participant = participant;
        this.identity = options.identity();
        this.book = book;
        this.gate = new Gate(participant.name(), book, identity.refusals());
        this.coordinators = new Coordinators(options, book);
        this.clearing = new Clearing(participant, threads.decisions(), OrderThreads.daemons("avow-expiry"));
        this.branches = new OpenBranches(
                participant,
                coordinators,
                options.workTimeout(),
                clearing,
                knowledge,
                new OpenLimit(options.mostOpenBranchesPerClient(), identity.refusals()));
        this.calls = new BranchCalls(participant, branches, clearing, knowledge);
    }

    /**
     * For this participant. A participant has one service: orders that come to a second one would find its branches unknown.
     *
     * @param participant named as its coordinators know it; stays the caller's to close
     * @throws UnusableDirectoryException if the options' directory is open elsewhere, damaged, or another participant's
     */
    public static ParticipantService open(Participant participant, ParticipantOptions options) {
        ParticipantService service =
                new ParticipantService(participant, options, Book.open(options.directory(), participant.name()));
        new Inquiries(
                        participant,
                        service.book,
                        service.coordinators,
                        service.clearing,
                        service.threads.inquiries(),
                        service.knowledge,
                        service.calls,
                        options.identity().watching(),
                        options.silence())
                .begin();
        return service;
    }

    /** What coordinators order; to be served where they reach it. */
    public BindableService service() {
        return identity.guarded(new OrderEndpoint(participant, calls, threads, gate, identity.watching()));
    }

    /** For the application's own services: their handlers find the caller's transaction by {@link #transaction()}. */
    public ServerInterceptor interceptor() {
        return new Arrivals(identity.callers(), gate, branches, identity.refusals());
    }

    /**
     * The transaction for which the call under way in this thread works: the participant's methods take it like one of this
     * process. Its first use enlists the participant with the coordinator.
     *
     * @throws IllegalStateException if it works for none
     */
    public static Transaction transaction() {
        return Optional.ofNullable(Arrivals.TRANSACTION.get())
                .orElseThrow(
                        () -> new IllegalStateException("this call works for no transaction: its caller made it outside"
                                + " of CoordinatorService.transact or in another thread than its work's, or has no"
                                + " CoordinatorService.interceptor() on its channel, or this service has no"
                                + " ParticipantService.interceptor()"));
    }

    /** The participant's, as it stands in the meters. */
    public String name() {
        return participant.name();
    }

    /** How many branches calls have opened here that no coordinator has ordered anything for yet. */
    public int openBranches() {
        return branches.count();
    }

    /** How many branches here are promised, as far as this life of the process knows, and wait for a decision. */
    public int inDoubt() {
        return knowledge.inDoubt().size();
    }

    /** @throws Exception if it is closed, or can't say what is prepared: it couldn't keep what it promises, either */
    void requireServing() throws Exception {
        clearing.requireOpen();
        var unused = participant.inDoubt();
    }

    /**
     * Takes no more orders, aborts what no coordinator has ordered anything for, and lets go of the coordinators. What is
     * prepared waits for the next start. To be called before the participant is closed.
     */
    @Override
    public void close() {
        clearing.close();
        branches.close();
        threads.close();
        coordinators.close();
        book.close();
    }
}
