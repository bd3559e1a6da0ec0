package dev.avow.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avow.engine.AvowOptions;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that are there if and only if their row is. */
final class JmsTest {
    @TempDir
    private Path folder;

    private JmsClient jms;

    @BeforeEach
    void open() throws Exception {
        jms = new JmsClient(folder, AvowOptions.defaults());
    }

    @AfterEach
    void close() {
        jms.close();
    }

    @Test
    void nobody_sees_a_message_before_its_commit() throws Exception {
        jms.order("O1", () -> assertEquals(List.of(), waiting()));
        assertEquals(List.of("O1"), waiting());
    }

    private List<String> waiting() {
        try {
            return jms.broker.waiting();
        } catch (JMSException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void a_message_is_received_together_with_what_was_done_about_it() throws Exception {
        jms.order("O1");
        assertThrows(
                IllegalStateException.class,
                () -> jms.receive(() -> {
                    throw new IllegalStateException("no stock");
                }));
        assertEquals("0 0", jms.found("received O1"));
        assertEquals(List.of("O1"), waiting());
        assertEquals(Optional.of("O1"), jms.receive(() -> {}));
        assertEquals("1 0", jms.found("received O1"));
        assertEquals(List.of(), waiting());
    }
}
