package dev.avow.grpc;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.engine.participant.PeerKnowledge;
import dev.avow.protocol.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this participant's doubts: what has waited for a decision for longer than the silence is asked of its coordinator, whose
 * address is in the book, and if that doesn't reply, of the other participants that it named. Goes on until nothing is in doubt
 * (Termination); it holds one thread for each coordinator that it asks, and only while it does.
 */
final class Inquiries {
    private static final Logger LOG = LoggerFactory.getLogger(Inquiries.class);
    private static final Duration SHORTEST = Duration.ofMillis(20);

    private final Participant participant;
    private final Book book;
    private final Coordinators coordinators;
    private final Clearing clearing;
    private final Executor threads;
    private final PeerKnowledge knowledge;
    private final BranchCalls calls;
    private final Watching watching;
    private final Duration silence;
    private final DoubtLog log;
    /** Since when each is in doubt, as the rounds have seen it. Touched by the round under way only. */
    private final Map<TransactionId, Long> sinceNanos = new HashMap<>();
    /** The coordinators that are being asked at this moment. */
    private final Set<Long> asking = ConcurrentHashMap.newKeySet();
    /** Whether the participant has said what an earlier life has left. Touched by the round under way only. */
    private boolean listed;

    private boolean failureTold;

    Inquiries(
            Participant participant,
            Book book,
            Coordinators coordinators,
            Clearing clearing,
            Executor threads,
            PeerKnowledge knowledge,
            BranchCalls calls,
            Watching watching,
            Duration silence) {
        this.participant = participant;
        this.book = book;
        this.coordinators = coordinators;
        this.clearing = clearing;
        this.threads = threads;
        this.knowledge = knowledge;
        this.calls = calls;
        this.watching = watching;
        this.silence = silence;
        this.log = new DoubtLog(participant.name());
    }

    void begin() {
        clearing.execute(this::round);
    }

    private void round() {
        try {
            list();
            stillDue().forEach((coordinator, ids) -> threads.execute(() -> ask(coordinator, ids)));
            failureTold = false;
        } catch (Exception | Error failure) {
            if (!failureTold) {
                failureTold = true;
                LOG.warn("\"{}\" can't say what it is in doubt about; trying again", participant.name(), failure);
            }
        } finally {
            Duration half = silence.dividedBy(2);
            Runnable unused = clearing.after(half.compareTo(SHORTEST) < 0 ? SHORTEST : half, this::round);
        }
    }

    /** What was in doubt when this life began; from then on all that comes passes here. */
    private void list() throws Exception {
        if (!listed) {
            participant.inDoubt().forEach(knowledge::found);
            listed = true;
        }
    }

    /** What has waited long enough, by coordinator. */
    private Map<Long, List<TransactionId>> due() {
        long now = System.nanoTime();
        List<TransactionId> inDoubt = knowledge.inDoubt();
        sinceNanos.keySet().retainAll(Set.copyOf(inDoubt));
        Map<Long, List<TransactionId>> due = new TreeMap<>();
        for (TransactionId id : inDoubt) {
            if (now - sinceNanos.computeIfAbsent(id, unused -> now) >= silence.toNanos()) {
                due.computeIfAbsent(id.coordinator(), unused -> new ArrayList<>())
                        .add(id);
            }
        }
        return due;
    }

    /** Without what a person, or the database, has ended meanwhile: of that nothing is known any more. */
    private Map<Long, List<TransactionId>> stillDue() throws Exception {
        Map<Long, List<TransactionId>> due = due();
        if (!due.isEmpty()) {
            Set<TransactionId> held = Set.copyOf(participant.inDoubt());
            for (List<TransactionId> ids : due.values()) {
                ids.stream().filter(id -> !held.contains(id)).forEach(knowledge::lost);
                ids.removeIf(id -> !held.contains(id));
            }
        }
        return due;
    }

    private void ask(long coordinator, List<TransactionId> ids) {
        Optional<Book.Entry> entry = book.of(coordinator);
        if (entry.isEmpty() && !ids.isEmpty()) {
            log.notInBook(coordinator, ids.size());
        }
        if (ids.isEmpty() || entry.isEmpty() || !asking.add(coordinator)) {
            return;
        }
        try {
            for (int from = 0; from < ids.size(); from += Wire.MOST_IN_DOUBT) {
                List<TransactionId> some = ids.subList(from, Math.min(from + Wire.MOST_IN_DOUBT, ids.size()));
                boolean replied = coordinators.inquire(entry.get().place(), participant.name(), some);
                watching.askedCoordinator(participant.name(), replied);
                if (replied) {
                    log.replied(entry.get());
                } else {
                    askPeers(entry.get(), some);
                }
            }
        } finally {
            asking.remove(coordinator);
        }
    }

    private void askPeers(Book.Entry entry, List<TransactionId> ids) {
        int answered = 0;
        for (Map.Entry<String, Place> peer : entry.peers().entrySet()) {
            List<TransactionId> open = ids.stream().filter(knowledge::isInDoubt).toList();
            if (!open.isEmpty()) {
                Map<TransactionId, Ending> known = coordinators.askPeer(peer.getValue(), open);
                watching.askedPeer(participant.name(), !known.isEmpty());
                answered += known.size();
                // Beside this thread: one that hangs must not keep the others waiting.
                known.forEach((id, ending) -> threads.execute(() -> hear(peer.getKey(), id, ending)));
            }
        }
        log.nobodyKnows(entry, ids.size() - answered);
    }

    private void hear(String peer, TransactionId id, Ending ending) {
        try {
            if (calls.hearFromPeer(id, ending)) {
                watching.endedByPeer(participant.name(), id, ending);
                LOG.info("{} at \"{}\" has {}, as \"{}\" knows it", id, participant.name(), ending, peer);
            }
        } catch (Exception failure) {
            LOG.warn(
                    "{} at \"{}\" is {} as \"{}\" knows it, and couldn't be ended so; trying again",
                    id,
                    participant.name(),
                    ending,
                    peer,
                    failure);
        }
    }
}
