package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusException;
import org.junit.jupiter.api.Test;

/** How many branches a client may have open. */
class OpenLimitTest {
    private final Refusals refusals = new Refusals();
    private final OpenLimit limit = new OpenLimit(2, refusals);

    @Test
    void each_client_has_its_own_room() {
        limit.enter("shop");
        limit.enter("shop");
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> limit.enter("shop"));
        assertTrue(String.valueOf(refused.getMessage()).contains("\"shop\" has 2 branches open"), refused::toString);
        StatusException full = assertThrows(StatusException.class, () -> limit.requireRoom("shop"));
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, full.getStatus().getCode());
        assertDoesNotThrow(() -> limit.requireRoom("office"));
        limit.enter("office");
        assertEquals(2, refusals.refused(Refusals.Kind.TOO_MANY));
    }

    @Test
    void what_is_ended_makes_room_and_what_was_refused_takes_none() {
        limit.enter("shop");
        limit.enter("shop");
        assertThrows(IllegalStateException.class, () -> limit.enter("shop"));
        limit.leave("shop");
        assertDoesNotThrow(() -> limit.requireRoom("shop"));
        limit.enter("shop");
        assertThrows(IllegalStateException.class, () -> limit.enter("shop"));
    }
}
