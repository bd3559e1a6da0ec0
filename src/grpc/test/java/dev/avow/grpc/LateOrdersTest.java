package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that come late, again, in another order, or for work of an earlier life, on a real connection: each is harmless. */
class LateOrdersTest {
    @TempDir
    private Path folder;

    private StoreService orders;
    private HandCoordinator coordinator;

    @BeforeEach
    void open() throws IOException {
        orders = StoreService.started(folder.resolve("orders"), "orders");
        coordinator = new HandCoordinator(Map.of("orders", orders));
    }

    @AfterEach
    void close() {
        coordinator.close();
        orders.close();
    }

    private TransactionId worked(String text) {
        TransactionId id = coordinator.begin();
        coordinator.put(id, "orders", text);
        return id;
    }

    private RemoteParticipant told() {
        return coordinator.tell("orders");
    }

    private List<TransactionId> inDoubt() {
        return List.copyOf(orders.store().inDoubt());
    }

    @Test
    void each_order_may_come_again() throws Exception {
        TransactionId id = worked("O1=120");
        assertEquals(Vote.YES, told().prepare(id));
        assertEquals(Vote.YES, told().prepare(id));
        told().commit(id);
        told().commit(id);
        assertEquals(Vote.NO, told().prepare(id));
        told().commit(id);
        assertEquals(Optional.of("120"), orders.store().get("O1"));
        assertEquals(List.of(), inDoubt());
    }

    @Test
    void an_abort_that_comes_after_the_commit_undoes_nothing() throws Exception {
        TransactionId id = worked("O1=120");
        assertEquals(Vote.YES, told().prepare(id));
        told().commit(id);
        told().abort(id);
        assertEquals(Optional.of("120"), orders.store().get("O1"));
    }

    @Test
    void a_prepare_that_its_abort_has_overtaken_is_answered_no() throws Exception {
        TransactionId id = worked("O1=120");
        told().abort(id);
        assertEquals(Vote.NO, told().prepare(id));
        assertEquals(Ending.ABORTED, told().commitOnePhase(id));
        assertEquals(Optional.empty(), orders.store().get("O1"));
        assertEquals(List.of(), inDoubt());
        // Its locks are free.
        TransactionId next = worked("O1=7");
        assertEquals(Ending.COMMITTED, told().commitOnePhase(next));
        assertEquals(Ending.UNKNOWN, told().commitOnePhase(next));
        assertEquals(Optional.of("7"), orders.store().get("O1"));
    }

    @Test
    void orders_for_the_work_of_an_earlier_life_find_nothing_to_promise() throws Exception {
        TransactionId lost = worked("O1=120");
        TransactionId kept = worked("O2=7");
        assertEquals(Vote.YES, told().prepare(kept));
        orders.stop();
        orders.start();
        assertEquals(Vote.NO, told().prepare(lost));
        assertEquals(Ending.UNKNOWN, told().commitOnePhase(lost));
        told().commit(lost);
        told().abort(lost);
        assertEquals(Optional.empty(), orders.store().get("O1"));
        assertEquals(List.of(kept), inDoubt());
        assertEquals(Vote.YES, told().prepare(kept));
        told().commit(kept);
        assertEquals(Optional.of("7"), orders.store().get("O2"));
    }
}
