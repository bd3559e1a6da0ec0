package dev.avow.services;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/** What a service makes of its database before its coordinator meets it. */
enum Flaw {
    NONE,
    /** Every third vote is a no: its right, and no flaw. */
    VOTES_NO,
    /** It votes yes and has prepared nothing: what it promised is gone when the commit comes. (VoteDurable) */
    PROMISES_ONLY,
    /** It commits when it is asked to prepare. (NoRegret) */
    COMMITS_AT_ONCE;

    Participant around(Participant sound) {
        return switch (this) {
            case NONE -> sound;
            case VOTES_NO -> new VotingNo(sound);
            case PROMISES_ONLY -> new Promising(sound);
            case COMMITS_AT_ONCE -> new Hasty(sound);
        };
    }

    /** Another participant, as it is. */
    private abstract static class Around implements Participant {
        final Participant sound;

        Around(Participant sound) {
            this.sound = sound;
        }

        @Override
        public String name() {
            return sound.name();
        }

        @Override
        public Vote prepare(TransactionId id) throws Exception {
            return sound.prepare(id);
        }

        @Override
        public void commit(TransactionId id) throws Exception {
            sound.commit(id);
        }

        @Override
        public void abort(TransactionId id) throws Exception {
            sound.abort(id);
        }

        @Override
        public Collection<TransactionId> inDoubt() throws Exception {
            return sound.inDoubt();
        }
    }

    private static final class VotingNo extends Around {
        private static final int EVERY = 3;
        private final AtomicInteger votes = new AtomicInteger();

        VotingNo(Participant sound) {
            super(sound);
        }

        @Override
        public Vote prepare(TransactionId id) throws Exception {
            if (votes.incrementAndGet() % EVERY > 0) {
                return sound.prepare(id);
            }
            sound.abort(id);
            return Vote.NO;
        }
    }

    private static final class Promising extends Around {
        Promising(Participant sound) {
            super(sound);
        }

        @Override
        public Vote prepare(TransactionId id) {
            return Vote.YES;
        }

        @Override
        public void commit(TransactionId id) throws Exception {
            sound.abort(id);
        }
    }

    private static final class Hasty extends Around {
        Hasty(Participant sound) {
            super(sound);
        }

        @Override
        public Vote prepare(TransactionId id) throws Exception {
            var unused = sound.commitOnePhase(id);
            return Vote.YES;
        }
    }
}
