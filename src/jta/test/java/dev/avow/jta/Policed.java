package dev.avow.jta;

import dev.avow.xa.XaResourceFactory;
import dev.avow.xa.XaSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A resource manager that keeps the state tables of X/Open C193, chapter 6, and writes down every call that they forbid.
 * One is let pass: a rollback of what it has rolled back alone, which Avow sends because of drivers that say so and keep
 * the branch; it is answered with XAER_NOTA. Guarded by this, except that scripts run outside.
 */
final class Policed implements XaResourceFactory {
    /** WORKING → PREPARED → ENDED; WORKING → ROLLBACK_ONLY → ENDED; WORKING, PREPARED → HEURISTIC → ENDED, or ALONE. */
    enum State {
        WORKING,
        ROLLBACK_ONLY,
        PREPARED,
        HEURISTIC,
        ALONE,
        ENDED
    }

    /** What a call does first; it may throw in place of an answer. */
    @FunctionalInterface
    interface Script {
        void run() throws XAException;
    }

    record Key(int format, String gtrid, String bqual) {
        static Key of(Xid xid) {
            return new Key(
                    xid.getFormatId(),
                    Arrays.toString(xid.getGlobalTransactionId()),
                    Arrays.toString(xid.getBranchQualifier()));
        }
    }

    final String name;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final List<PolicedResource> resources = new ArrayList<>();
    private final Map<Key, Xid> begun = new HashMap<>();
    private final Map<Key, State> states = new HashMap<>();
    private boolean readOnly;
    private boolean joining = true;

    Policed(String name) {
        this.name = name;
    }

    static XAException failure(int code) {
        XAException failure = new XAException("as told, " + code);
        failure.errorCode = code;
        return failure;
    }

    static boolean isRollback(XAException failure) {
        return failure.errorCode >= XAException.XA_RBBASE && failure.errorCode <= XAException.XA_RBEND;
    }

    synchronized Policed readOnly() {
        readOnly = true;
        return this;
    }

    /** None of its resources is the same as another. */
    synchronized Policed withoutJoining() {
        joining = false;
        return this;
    }

    Policed during(String call, Script script) {
        scripts.put(call, script);
        return this;
    }

    /** The next call of this name does it, and no other. */
    Policed once(String call, Script script) {
        return during(call, () -> {
            scripts.remove(call);
            script.run();
        });
    }

    Policed failingOnce(String call, int code) {
        return once(call, () -> {
            throw failure(code);
        });
    }

    void play(String call) throws XAException {
        Script script = scripts.get(call);
        if (script != null) {
            script.run();
        }
    }

    synchronized PolicedResource resource() {
        PolicedResource made = new PolicedResource(this, resources.size() + 1);
        resources.add(made);
        return made;
    }

    @Override
    public XaSession open() {
        PolicedResource recovery = new PolicedResource(this, PolicedResource.RECOVERY);
        return new XaSession() {
            @Override
            public XAResource resource() {
                return recovery;
            }

            @Override
            public void close() {}
        };
    }

    synchronized void called(String call) {
        calls.add(call);
    }

    synchronized void violated(String what) {
        violations.add(name + ": " + what + " after " + calls);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** How many calls begin with this, whoever made them. */
    synchronized long count(String call) {
        return calls.stream().filter(each -> each.startsWith(call)).count();
    }

    /** Every branch that there has ever been. */
    synchronized Set<Key> begun() {
        return new HashSet<>(begun.keySet());
    }

    synchronized boolean isEmpty() {
        return states.values().stream().allMatch(state -> state == State.ENDED || state == State.ALONE);
    }

    synchronized boolean isReadOnly() {
        return readOnly;
    }

    synchronized boolean isJoining() {
        return joining;
    }

    synchronized Optional<State> state(Key key) {
        return Optional.ofNullable(states.get(key));
    }

    synchronized void begin(Key key, Xid xid) {
        if (begun.putIfAbsent(key, xid) != null) {
            violated("start of a branch that there was already");
        }
        states.put(key, State.WORKING);
    }

    synchronized void becomes(Key key, State state) {
        states.put(key, state);
    }

    synchronized Xid[] inDoubt() {
        return states.entrySet().stream()
                .filter(each -> each.getValue() == State.PREPARED || each.getValue() == State.HEURISTIC)
                .map(each -> begun.get(each.getKey()))
                .toArray(Xid[]::new);
    }

    /** No call may settle a branch that a resource still works for. */
    synchronized void requireNobodyAtWork(String call, Key key) {
        resources.stream()
                .filter(each -> each.worksFor(key))
                .forEach(each -> violated(call + " while resource " + each + " still works for it"));
    }
}
