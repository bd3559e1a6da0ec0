package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many transactions at once, and many participants in one. */
final class ManyTest {

    private static final int THREADS = 32;
    private static final int TRANSACTIONS_PER_THREAD = 200;

    @TempDir
    Path directory;

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    /** Prepares, refuses or has nothing to do, by a hash of seed and transaction. */
    private ScriptedParticipant capricious(String name, long seed) {
        ScriptedParticipant participant = world.participant(name);
        return participant.onPrepare(id -> switch (new Random(seed ^ id.low()).nextInt(12)) {
            case 0 -> Vote.NO;
            case 1 -> Vote.READ_ONLY;
            case 2 -> throw new IllegalStateException("no room");
            default -> participant.prepareWell(id);
        });
    }

    @Test
    void all_participants_agree_on_every_one_of_many_transactions_and_share_the_forces() throws Exception {
        CountedForces forces = new CountedForces();
        ScriptedLog log = new ScriptedLog(forces.open(directory), world);
        ScriptedParticipant[] participants = {
            capricious("orders", 1),
            capricious("payments", 2),
            capricious("stock", 3).withoutBlocking()
        };
        Avow avow = world.open(log, world.options(), participants);
        long before = forces.count();
        Map<TransactionId, Outcome> outcomes = new ConcurrentHashMap<>();
        List<FutureTask<Boolean>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = "T" + thread + "-";
            threads.add(World.aside(() -> {
                for (int i = 0; i < TRANSACTIONS_PER_THREAD; i++) {
                    Outcome outcome =
                            World.begin(avow, prefix + i, participants).commit();
                    outcomes.put(outcome.id(), outcome);
                }
                return true;
            }));
        }
        for (FutureTask<Boolean> thread : threads) {
            World.resultOf(thread);
        }
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(THREADS * TRANSACTIONS_PER_THREAD, outcomes.size());
        assertEquals(List.of(), avow.unfinished());
        for (ScriptedParticipant participant : participants) {
            assertEquals(Set.of(), participant.prepared());
            participant
                    .ended()
                    .forEach((id, ending) -> assertEquals(
                            outcomes.get(id) instanceof Outcome.Committed ? Ending.COMMITTED : Ending.ABORTED,
                            ending,
                            () -> participant.name() + " disagrees on " + outcomes.get(id)));
        }
        int commits = log.commits().size();
        assertTrue(commits > THREADS * TRANSACTIONS_PER_THREAD / 4, () -> "only " + commits + " were recorded");
        long forced = forces.count() - before;
        assertTrue(forced < commits, () -> forced + " forces for " + commits + " commits");
    }

    @Test
    void a_thousand_participants_that_never_block_need_no_thread_and_one_call_each() {
        ScriptedParticipant[] participants = new ScriptedParticipant[1_000];
        for (int i = 0; i < participants.length; i++) {
            participants[i] = world.participant("p" + i).withoutBlocking();
        }
        Avow avow = world.open(directory, world.options().withRetries(World.LONG, World.LONG), participants);
        Transaction transaction = World.begin(avow, "O001", participants);
        Outcome.Committed committed = transaction.commit().requireCommitted();
        assertEquals(1_000, committed.branches().size());
        assertEquals(List.of(), committed.beingTold());
        for (ScriptedParticipant participant : participants) {
            assertEquals(List.of("prepare", "commit"), participant.calls(transaction.id()));
            participant.calls().forEach(call -> assertEquals(Thread.currentThread(), call.thread()));
        }
        Transaction aborted = World.begin(avow, "O002", participants);
        aborted.abort();
        for (ScriptedParticipant participant : participants) {
            assertEquals(List.of("abort"), participant.calls(aborted.id()));
        }
    }

    @Test
    void a_thousand_participants_that_may_block_commit_with_one_call_of_each_kind() throws Exception {
        ScriptedParticipant[] participants = new ScriptedParticipant[1_000];
        for (int i = 0; i < participants.length; i++) {
            participants[i] = world.participant("p" + i);
        }
        Avow avow = world.open(directory, world.options().withRetries(World.LONG, World.LONG), participants);
        Transaction transaction = World.begin(avow, "O001", participants);
        assertEquals(List.of(), transaction.commit().requireCommitted().beingTold());
        for (ScriptedParticipant participant : participants) {
            assertEquals(List.of("prepare", "commit"), participant.calls(transaction.id()));
        }
    }
}
