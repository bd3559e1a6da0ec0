package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.transaction.HeuristicMixedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a resource's error means to whoever commits or rolls back: an exception of the standard, or none. */
final class HeuristicsTest {
    @TempDir
    private Path folder;

    private AvowTransactionManager manager;

    @BeforeEach
    void begin() throws Exception {
        manager = AvowTransactionManager.at(folder.resolve("log")).open();
        manager.begin();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private MockResource enlisted() throws Exception {
        MockResource resource = new MockResource();
        manager.getTransaction().enlistResource(resource);
        return resource;
    }

    private static int code(String name) throws ReflectiveOperationException {
        return XAException.class.getField(name).getInt(null);
    }

    @FunctionalInterface
    private interface End {
        void end() throws Exception;
    }

    private static String thrownBy(End end) {
        try {
            end.end();
            return "none";
        } catch (Exception thrown) {
            return thrown.getClass().getSimpleName();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "XA_HEURCOM,    none",
        "XA_HEURRB,     HeuristicMixedException",
        "XA_HEURMIX,    HeuristicMixedException",
        "XA_HEURHAZ,    HeuristicMixedException",
        "XAER_NOTA,     HeuristicMixedException",
        "XA_RBROLLBACK, HeuristicMixedException",
        "XAER_RMERR,    HeuristicMixedException"
    })
    void an_answer_to_the_second_phase_of_a_commit(String code, String thrown) throws Exception {
        MockResource one = enlisted().failing("commit", code(code));
        MockResource other = enlisted();
        assertEquals(thrown, thrownBy(manager::commit));
        assertTrue(other.calls.contains("commit"), "the others are told all the same");
        assertTrue(one.calls.contains("forget"), one.calls::toString);
        assertEquals(
                thrown.equals("none") ? 0 : 1,
                manager.coordinator().heuristics().size());
    }

    @ParameterizedTest
    @CsvSource({
        "XA_HEURCOM,    none",
        "XA_HEURRB,     HeuristicRollbackException",
        "XA_HEURMIX,    HeuristicMixedException",
        "XA_HEURHAZ,    HeuristicMixedException",
        "XA_RBROLLBACK, RollbackException",
        "XA_RBDEADLOCK, RollbackException",
        "XAER_RMERR,    SystemException",
        "XAER_RMFAIL,   SystemException",
        "XAER_NOTA,     SystemException"
    })
    void an_answer_to_the_commit_of_one_alone(String code, String thrown) throws Exception {
        MockResource one = enlisted().failing("commit in one phase", code(code));
        assertEquals(thrown, thrownBy(manager::commit));
        assertEquals(code.startsWith("XA_HEUR"), one.calls.contains("forget"), one.calls::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "XA_HEURRB,     none",
        "XA_HEURCOM,    SystemException",
        "XA_HEURMIX,    SystemException",
        "XA_HEURHAZ,    SystemException",
        "XA_RBROLLBACK, none",
        "XAER_NOTA,     none"
    })
    void an_answer_to_a_rollback(String code, String thrown) throws Exception {
        MockResource one = enlisted().failing("rollback", code(code));
        MockResource other = enlisted();
        assertEquals(thrown, thrownBy(manager::rollback));
        assertTrue(other.calls.contains("rollback"), "the others are told all the same");
        assertEquals(code.startsWith("XA_HEUR"), one.calls.contains("forget"), one.calls::toString);
    }

    @ParameterizedTest
    @CsvSource({"XA_RBINTEGRITY", "XAER_RMERR", "XAER_RMFAIL", "XAER_NOTA", "XAER_PROTO"})
    void a_refusal_to_prepare_rolls_all_back(String code) throws Exception {
        enlisted().failing("prepare", code(code));
        MockResource other = enlisted();
        assertEquals("RollbackException", thrownBy(manager::commit));
        assertTrue(other.calls.contains("rollback"), other.calls::toString);
        assertFalse(other.calls.contains("commit"), other.calls::toString);
    }

    @Test
    void a_read_only_resource_is_not_called_again() throws Exception {
        MockResource reader = enlisted().readOnly();
        MockResource writer = enlisted();
        manager.commit();
        assertEquals(List.of("start", "end", "prepare"), reader.calls);
        assertEquals(List.of("start", "end", "prepare", "commit"), writer.calls);
    }

    @Test
    void every_branchs_ending_is_said_and_what_it_failed_with_is_kept() throws Exception {
        enlisted().failing("commit", XAException.XA_HEURMIX);
        enlisted().failing("commit", XAException.XA_HEURRB);
        enlisted();
        HeuristicMixedException mixed = assertThrows(HeuristicMixedException.class, manager::commit);
        String said = String.valueOf(mixed.getMessage());
        for (String ending : List.of("HEURISTIC_MIXED", "HEURISTIC_ABORTED", "COMMITTED")) {
            assertTrue(said.contains(ending), said);
        }
        assertEquals(2, mixed.getSuppressed().length);
        Arrays.stream(mixed.getSuppressed())
                .forEach(cause -> assertInstanceOf(XAException.class, cause.getCause(), cause::toString));
    }
}
