package dev.avow.engine;

import dev.avow.engine.log.DiskFiles;
import dev.avow.engine.log.LogFiles;
import dev.avow.engine.participant.BranchObserver;
import dev.avow.engine.participant.KeyValues;
import dev.avow.engine.participant.ParticipantRuntime;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A small transactional store of strings, kept in memory and made durable by a log: a participant that needs no database.
 *
 * <pre>{@code
 * KeyValueStore accounts = KeyValueStore.open(directory, "accounts");
 * Avow avow = Avow.open(logDirectory, accounts);
 * avow.transact("O001", transaction -> {
 *     int balance = Integer.parseInt(accounts.get(transaction, "alice").orElse("0"));
 *     accounts.put(transaction, "alice", String.valueOf(balance - 10));
 * });
 * }</pre>
 *
 * <p>Transactions are serializable. A key that one of them reads or writes is locked by it, alone, until it has ended;
 * whoever wants the key meanwhile gets a {@link LockedException} at once, so nobody waits and nothing deadlocks. Prepared
 * transactions hold their locks through a restart, on the keys that they write: one that is prepared reads no more, so
 * what it has read may change from then on. {@link #get(String)} takes no lock and shows what is committed.
 *
 * <p>Any thread may call any method; one transaction is one thread's at a time. After a failure of the log other than a
 * full disk, every call throws {@link LogFailedException}: close the store and open it again. All entries stand in memory,
 * at most 256 MiB of them, and are written anew with each segment of the log.
 */
public final class KeyValueStore implements Participant, AutoCloseable {

    /** The longest value, in bytes of UTF-8. */
    public static final int MAX_VALUE_BYTES = 1 << 20;

    private final KeyValues values;
    private final ParticipantRuntime runtime;

    private KeyValueStore(KeyValues values, ParticipantRuntime runtime) {
        this.values = values;
        this.runtime = runtime;
    }

    /** {@link #open(Path, String, LogOptions)} with {@link LogOptions#defaults()}. */
    public static KeyValueStore open(Path directory, String name) {
        return open(directory, name, LogOptions.defaults());
    }

    /**
     * Opens the store in this directory, and creates it if it isn't there. What was prepared when it was last open is in
     * doubt again, with its locks.
     *
     * @param directory the store's own: not the coordinator's
     * @param name its name as a participant, the same each time
     * @throws IllegalArgumentException if the name is blank or longer than 65,535 bytes of UTF-8
     * @throws LogException as {@link DecisionLog#open(Path, LogOptions)}
     */
    public static KeyValueStore open(Path directory, String name, LogOptions options) {
        return open(directory, name, options, DiskFiles.DISK);
    }

    /** As {@link #open(Path, String, LogOptions)}, on other files than the real disk's: for tests. */
    static KeyValueStore open(Path directory, String name, LogOptions options, LogFiles files) {
        LoggedNames.require("participant's name", name);
        KeyValues values = new KeyValues();
        return new KeyValueStore(
                values, ParticipantRuntime.open(directory, options, name, values, files, BranchObserver.NONE));
    }

    /** A key belongs to another transaction. This one can go on without it; as a rule: abort it and try again. */
    public static final class LockedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String key;
        private final String holder;

        LockedException(String store, Transaction asking, String key, TransactionId holder) {
            super("key \"" + key + "\" of \"" + store + "\" is locked by transaction " + holder + ": abort "
                    + asking.name() + " (" + asking.id() + ") and try it again");
            this.key = key;
            this.holder = holder.toString();
        }

        public String key() {
            return key;
        }

        /** The transaction that holds it, at work or in doubt. */
        public TransactionId holder() {
            return TransactionId.parse(holder);
        }
    }

    /** What is committed; empty if there is no such key. Not locked: it may have changed by the time it is looked at. */
    public Optional<String> get(String key) {
        LoggedNames.require("key", key);
        return runtime.read(() -> values.get(key));
    }

    /**
     * What is committed, or what this transaction has written over it; empty if there is no such key. It stays true to the
     * transaction's end.
     *
     * @throws LockedException if another transaction has the key
     * @throws IllegalArgumentException if the key is blank or longer than 65,535 bytes of UTF-8
     * @throws IllegalStateException if the transaction has ended, or is being committed
     */
    public Optional<String> get(Transaction transaction, String key) {
        return locked(transaction, key, () -> runtime.read(() -> values.get(transaction.id(), key)));
    }

    /**
     * Writes a value, to be seen by others once the transaction is committed.
     *
     * @throws LockedException if another transaction has the key
     * @throws IllegalArgumentException if the key is blank or longer than 65,535 bytes of UTF-8, the value longer than
     *     {@link #MAX_VALUE_BYTES}, or all that the transaction writes here longer than 15 MiB
     * @throws IllegalStateException if the transaction has ended, or is being committed, or the store is full
     */
    public void put(Transaction transaction, String key, String value) {
        requireValue(key, value);
        write(transaction, key, Optional.of(value));
    }

    /** Removes a key, whether it is there or not. Throws what {@link #put} does. */
    public void remove(Transaction transaction, String key) {
        write(transaction, key, Optional.empty());
    }

    private void write(Transaction transaction, String key, Optional<String> value) {
        locked(transaction, key, () -> {
            values.write(transaction.id(), key, value);
            return key;
        });
    }

    private static void requireValue(String key, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("the value of key \"" + key + "\" has " + bytes.length
                    + " bytes of UTF-8: use at most " + MAX_VALUE_BYTES);
        }
        if (!new String(bytes, StandardCharsets.UTF_8).equals(value)) {
            throw new IllegalArgumentException(
                    "the value of key \"" + key + "\" isn't valid Unicode: it holds half of a surrogate pair");
        }
    }

    private <T> T locked(Transaction transaction, String key, Supplier<T> doing) {
        LoggedNames.require("key", key);
        return runtime.work(transaction, this, () -> {
            values.lock(transaction.id(), key).ifPresent(holder -> {
                throw new LockedException(name(), transaction, key, holder);
            });
            return doing.get();
        });
    }

    @Override
    public String name() {
        return runtime.name();
    }

    @Override
    public Vote prepare(TransactionId id) throws Exception {
        return runtime.prepare(id);
    }

    @Override
    public void commit(TransactionId id) throws HeuristicException {
        runtime.commit(id);
    }

    @Override
    public void abort(TransactionId id) throws HeuristicException {
        runtime.abort(id);
    }

    /** Those also that {@link #decideAlone} has ended, until their coordinator's decision comes. */
    @Override
    public Collection<TransactionId> inDoubt() {
        return runtime.inDoubt();
    }

    @Override
    public Ending commitOnePhase(TransactionId id) throws Exception {
        return runtime.commitOnePhase(id);
    }

    /**
     * Ends a transaction in doubt here without its coordinator: an operator's last resort, when others can't wait for its
     * keys. If the coordinator has decided otherwise, that is reported when it tells so. (HeuristicReported)
     *
     * @param decision {@link Ending#COMMITTED} or {@link Ending#ABORTED}; durable on return
     * @throws IllegalStateException if the transaction isn't in doubt here
     */
    public void decideAlone(TransactionId id, Ending decision) {
        runtime.decideAlone(id, decision);
    }

    /**
     * As {@link #decideAlone(TransactionId, Ending)}, on the record: who, when and why stay in the store's log.
     *
     * @param resolution its participant's name and whether it is forced are of no meaning here
     * @throws IllegalStateException if the transaction isn't in doubt here
     */
    public void decideAlone(Resolution resolution) {
        runtime.decideAlone(resolution);
    }

    @Override
    public void forget(TransactionId id) {
        runtime.forget(id);
    }

    /**
     * Lets go of the directory. Work that isn't prepared is lost; what is prepared waits for the next opening. A second
     * call does nothing.
     */
    @Override
    public void close() {
        runtime.close();
    }
}
