package dev.avow.engine.participant;

import static dev.avow.engine.participant.FakeTransaction.id;
import static dev.avow.engine.participant.FakeTransaction.putting;

import dev.avow.engine.KeyValueStore;
import dev.avow.protocol.Ending;
import java.nio.file.Path;

/** A process that dies right after one durable step. */
final class KilledStore {

    enum Moment {
        PREPARED,
        COMMITTED,
        COMMITTED_IN_ONE,
        DECIDED_ALONE
    }

    static final int HALTED = 43;

    public static void main(String[] arguments) throws Exception {
        KeyValueStore store = KeyValueStore.open(Path.of(arguments[0]), "accounts");
        putting(store, 1, "alice", "10");
        putting(store, 2, "bob", "20");
        switch (Moment.valueOf(arguments[1])) {
            case PREPARED -> System.out.println(store.prepare(id(1)));
            case COMMITTED -> {
                System.out.println(store.prepare(id(1)));
                store.commit(id(1));
            }
            case COMMITTED_IN_ONE -> System.out.println(store.commitOnePhase(id(1)));
            case DECIDED_ALONE -> {
                System.out.println(store.prepare(id(1)));
                store.decideAlone(id(1), Ending.ABORTED);
            }
        }
        Runtime.getRuntime().halt(HALTED);
    }

    private KilledStore() {}
}
