package dev.avow.engine.run;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A participant that records its calls and answers as told. Untold, it keeps every promise of {@link Participant}; what
 * it has prepared survives {@link #restarted()}.
 */
public final class ScriptedParticipant implements Participant {
    /** How it answers one kind of call. */
    @FunctionalInterface
    public interface Script<T> {
        T answer(TransactionId id) throws Exception;
    }

    /** One call of a transaction. */
    public record Call(String what, TransactionId id, Thread thread) {}

    /** What survives a restart. */
    private record Disk(Set<TransactionId> prepared, Map<TransactionId, Ending> ended) {}

    private final String name;
    private final World world;
    private final Disk disk;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inquiries = new AtomicInteger();

    private volatile Supplier<Boolean> mayBlock = () -> true;
    private volatile Runnable asked = () -> {};
    private volatile Script<Vote> prepare = this::prepareWell;
    private volatile Script<Boolean> commit = this::commitWell;
    private volatile Script<Boolean> abort = this::abortWell;
    private volatile Script<Boolean> forget = id -> true;
    private volatile Script<Ending> onePhase = this::commitOnePhaseWell;
    private volatile Script<Collection<TransactionId>> inDoubt = id -> prepared();

    ScriptedParticipant(String name, World world) {
        this(name, world, new Disk(ConcurrentHashMap.newKeySet(), new ConcurrentHashMap<>()));
    }

    private ScriptedParticipant(String name, World world, Disk disk) {
        this.name = name;
        this.world = world;
        this.disk = disk;
    }

    /** The same after a crash: its disk, no scripts, no calls. */
    public ScriptedParticipant restarted() {
        return renamed(name);
    }

    /** The same after a restart under another name. */
    public ScriptedParticipant renamed(String another) {
        return new ScriptedParticipant(another, world, disk);
    }

    public ScriptedParticipant withoutBlocking() {
        mayBlock = () -> false;
        return this;
    }

    public void failingToSayWhetherItBlocks(RuntimeException failure) {
        mayBlock = () -> {
            throw failure;
        };
    }

    public void sayingThatItBlocks() {
        mayBlock = () -> true;
    }

    public void failingToSayItsNameTo(Thread caller, Runnable failure) {
        asked = () -> {
            if (Thread.currentThread() == caller) {
                failure.run();
            }
        };
    }

    public ScriptedParticipant onPrepare(Script<Vote> script) {
        prepare = script;
        return this;
    }

    public ScriptedParticipant onCommit(Script<Boolean> script) {
        commit = script;
        return this;
    }

    public ScriptedParticipant onAbort(Script<Boolean> script) {
        abort = script;
        return this;
    }

    public ScriptedParticipant onForget(Script<Boolean> script) {
        forget = script;
        return this;
    }

    public ScriptedParticipant onOnePhase(Script<Ending> script) {
        onePhase = script;
        return this;
    }

    /** The id in the script is of no meaning. */
    public ScriptedParticipant onInDoubt(Script<Collection<TransactionId>> script) {
        inDoubt = script;
        return this;
    }

    public Vote prepareWell(TransactionId id) {
        disk.prepared.add(id);
        return Vote.YES;
    }

    public boolean commitWell(TransactionId id) {
        if (disk.prepared.remove(id)) {
            disk.ended.put(id, Ending.COMMITTED);
        } else if (disk.ended.get(id) != Ending.COMMITTED) {
            world.violated(name + " was told to commit " + id + ", which it never prepared");
        }
        return true;
    }

    public boolean abortWell(TransactionId id) {
        disk.prepared.remove(id);
        if (disk.ended.putIfAbsent(id, Ending.ABORTED) == Ending.COMMITTED) {
            world.violated(name + " was told to abort " + id + ", which it has committed");
        }
        return true;
    }

    private Ending commitOnePhaseWell(TransactionId id) {
        disk.ended.put(id, Ending.COMMITTED);
        return Ending.COMMITTED;
    }

    /** As the interface does it for those that don't care. */
    public Ending commitOnePhaseByDefault(TransactionId id) throws Exception {
        return Participant.super.commitOnePhase(id);
    }

    @Override
    public String name() {
        asked.run();
        return name;
    }

    @Override
    public boolean mayBlock() {
        return mayBlock.get();
    }

    @Override
    public Vote prepare(TransactionId id) throws Exception {
        return play("prepare", id, prepare);
    }

    @Override
    public void commit(TransactionId id) throws Exception {
        play("commit", id, commit);
    }

    @Override
    public void abort(TransactionId id) throws Exception {
        play("abort", id, abort);
    }

    @Override
    public void forget(TransactionId id) throws Exception {
        play("forget", id, forget);
    }

    @Override
    public Ending commitOnePhase(TransactionId id) throws Exception {
        return play("onePhase", id, onePhase);
    }

    @Override
    public Collection<TransactionId> inDoubt() throws Exception {
        inquiries.incrementAndGet();
        world.changed();
        return inDoubt.answer(TransactionId.of(0, 0, 0));
    }

    private <T> T play(String what, TransactionId id, Script<T> script) throws Exception {
        calls.add(new Call(what, id, Thread.currentThread()));
        world.happened(name + "." + what);
        try {
            return script.answer(id);
        } finally {
            world.changed();
        }
    }

    /** What it was asked of this transaction, in order. */
    public List<String> calls(TransactionId id) {
        return calls.stream()
                .filter(call -> call.id().equals(id))
                .map(Call::what)
                .toList();
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** How often it was asked for branches in doubt. */
    public int inquiries() {
        return inquiries.get();
    }

    public Set<TransactionId> prepared() {
        return Set.copyOf(disk.prepared);
    }

    public Map<TransactionId, Ending> ended() {
        return Map.copyOf(disk.ended);
    }
}
