package dev.avow.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avow.engine.AvowOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every client may expect. */
final class ClientsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Clients.class)
    void an_order_is_in_both_places_or_in_none(Clients each) throws Exception {
        try (Client client = each.open(folder, AvowOptions.defaults())) {
            client.order("O1");
            assertEquals("1 1", client.found("O1"));
            Runnable noStock = () -> {
                throw new IllegalArgumentException("no stock");
            };
            assertThrows(IllegalArgumentException.class, () -> client.order("O2", noStock));
            assertEquals("0 0", client.found("O2"));
            // The database of the orders has it already.
            assertThrows(Exception.class, () -> client.order("O1"));
            assertEquals("1 1", client.found("O1"));
            client.order("O2");
            assertEquals("1 1", client.found("O2"));
            assertEquals(List.of(), client.manager().coordinator().pending());
        }
    }
}
