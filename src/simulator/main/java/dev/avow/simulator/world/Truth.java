package dev.avow.simulator.world;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import java.util.Optional;

/**
 * What really became of one transaction, as nobody in the world but the {@link Judge} knows it. Each int is a set of
 * participants, a bit for each.
 */
final class Truth {
    final int number;
    final TransactionId id;
    final String name;
    final int coordinator;
    final int members;

    /** Who holds its work, not prepared yet. */
    int working;
    /** Whose prepared record was durable. */
    int prepared;

    int saidYes;
    int saidAck;
    int toldCommit;
    int toldAbort;
    /** Whom another participant has answered so. */
    int heardCommit;

    int heardAbort;
    int actedCommit;
    int actedAbort;
    /** Who has ended it, durably or not, other than by a decision: has only read, or has dropped the evidence. */
    int readOnly;

    int committedDurably;
    int committedAlone;
    int abortedAlone;
    int mixed;
    int reported;

    /** Whom the commit record names. */
    int recordedFor;
    /** An append of the commit record was begun. */
    boolean attempted;

    boolean recorded;
    boolean ended;
    /** The incarnation that began it hasn't decided. */
    boolean deciding = true;
    /** A later incarnation found no record. */
    boolean presumed;

    Optional<Ending> reply = Optional.empty();

    Truth(int number, TransactionId id, int coordinator, int members) {
        this.number = number;
        this.id = id;
        this.name = "T" + number;
        this.coordinator = coordinator;
        this.members = members;
    }

    boolean wasTold(Ending ending) {
        return reply.filter(ending::equals).isPresent();
    }

    boolean hasOneMember() {
        return Integer.bitCount(members) == 1;
    }

    static boolean has(int set, int member) {
        return (set >>> member & 1) != 0;
    }

    static int with(int set, int member) {
        return set | 1 << member;
    }

    static int without(int set, int member) {
        return set & ~(1 << member);
    }
}
