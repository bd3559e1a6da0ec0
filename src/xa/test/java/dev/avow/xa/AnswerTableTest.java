package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.engine.HeuristicException;
import dev.avow.protocol.Ending;
import dev.avow.xa.ScriptedResource.Call;
import java.time.Duration;
import java.util.concurrent.Callable;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every code of the specification means as the answer to every call: the table of {@link Settling}, once more.
 * Each row: codes (by prefix), then the result where the resource lists the branch afterwards, then where it doesn't. A
 * result is a value, a heuristic ending, or the code of an exception, which here is always the code itself.
 */
final class AnswerTableTest {
    private static final String PREPARE = """
            XA_RB      NO          NO
            XAER_NOTA  NO          NO
            XA         exception   exception
            UNNAMED    exception   exception
            """;

    private static final String COMMIT = """
            XA_RB      exception           HEURISTIC_ABORTED
            XA_HEURCOM done                done
            XA_HEURRB  HEURISTIC_ABORTED   HEURISTIC_ABORTED
            XA_HEURMIX HEURISTIC_MIXED     HEURISTIC_MIXED
            XA_HEURHAZ HEURISTIC_HAZARD    HEURISTIC_HAZARD
            XAER_RMERR exception           HEURISTIC_HAZARD
            UNNAMED    exception           HEURISTIC_HAZARD
            XAER_NOTA  exception           HEURISTIC_HAZARD
            XA         exception           exception
            """;

    /** After a restart a branch that isn't there has been committed by the earlier run. */
    private static final String COMMIT_AFTER_RESTART =
            COMMIT.replace("XAER_NOTA  exception           HEURISTIC_HAZARD", "XAER_NOTA exception done");

    private static final String ABORT = """
            XA_RB      done                  done
            XAER_NOTA  done                  done
            XA_HEURRB  done                  done
            XA_HEURCOM HEURISTIC_COMMITTED   HEURISTIC_COMMITTED
            XA_HEURMIX HEURISTIC_MIXED       HEURISTIC_MIXED
            XA_HEURHAZ HEURISTIC_HAZARD      HEURISTIC_HAZARD
            XAER_RMERR exception             done
            UNNAMED    exception             done
            XA         exception             exception
            """;

    private static final String ONE_PHASE = """
            XA_RB      ABORTED            ABORTED
            XAER_NOTA  UNKNOWN            UNKNOWN
            XA_HEURCOM COMMITTED          COMMITTED
            XA_HEURRB  HEURISTIC_ABORTED  HEURISTIC_ABORTED
            XA_HEURMIX HEURISTIC_MIXED    HEURISTIC_MIXED
            XA_HEURHAZ HEURISTIC_HAZARD   HEURISTIC_HAZARD
            XA         exception          exception
            UNNAMED    exception          exception
            """;

    private final FakeTransaction transaction = new FakeTransaction(1);
    private final AvowXid xid = AvowXid.of(transaction.id(), "orders");
    private final ScriptedResource own = new ScriptedResource();
    private final ScriptedResource recovery = new ScriptedResource();
    private final XaParticipant orders = XaParticipant.of("orders", recovery, Duration.ofSeconds(5));

    @Test
    void what_agrees_with_the_decision_is_forgotten_at_once() throws Exception {
        prepared().failing(Call.ROLLBACK, XaCode.XA_HEURRB);
        abort();
        assertEquals("start end prepare rollback forget", own.calls());
    }

    @Test
    void what_was_settled_alone_in_one_phase_is_forgotten_at_once() throws Exception {
        enlisted().failing(Call.COMMIT_ONE_PHASE, XaCode.XA_HEURCOM);
        assertEquals(Ending.COMMITTED, orders.commitOnePhase(transaction.id()));
        assertEquals("start end commit_one_phase forget", own.calls());
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_prepare_is_a_no_or_an_exception(XaCode code) throws Exception {
        enlisted().failing(Call.PREPARE, code);
        assertEquals(expected(PREPARE, code, false), result(() -> orders.prepare(transaction.id())));
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_end_is_a_no_or_an_exception_and_the_branch_is_rolled_back(XaCode code) throws Exception {
        enlisted().failing(Call.END, code);
        assertEquals(expected(PREPARE, code, false), result(() -> orders.prepare(transaction.id())));
        assertEquals(endedAndRolledBack(code), own.calls());
    }

    /** C193, xa_end: after XA_RB* the branch isn't associated any more, after another error it may be. */
    private static String endedAndRolledBack(XaCode code) {
        return code.sense() == XaCode.Sense.ROLLED_BACK ? "start end rollback" : "start end end(fail) rollback";
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_commit_of_a_branch_that_is_listed_afterwards(XaCode code) throws Exception {
        prepared().failing(Call.COMMIT, code);
        recovery.listing(xid);
        assertEquals(expected(COMMIT, code, true), result(this::commit));
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_commit_of_a_branch_that_is_gone_afterwards(XaCode code) throws Exception {
        prepared().failing(Call.COMMIT, code);
        assertEquals(expected(COMMIT, code, false), result(this::commit));
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_commit_after_a_restart_of_a_branch_that_is_listed_afterwards(XaCode code) {
        recovery.listing(xid).failing(Call.COMMIT, code);
        assertEquals(expected(COMMIT_AFTER_RESTART, code, true), result(this::commit));
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_commit_after_a_restart_of_a_branch_that_is_gone_afterwards(XaCode code) {
        recovery.failing(Call.COMMIT, code);
        assertEquals(expected(COMMIT_AFTER_RESTART, code, false), result(this::commit));
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_rollback_of_a_branch_at_work(XaCode code) throws Exception {
        enlisted().failing(Call.ROLLBACK, code);
        assertEquals(expected(ABORT, code, false), result(this::abort));
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_rollback_of_a_prepared_branch_that_is_listed_afterwards(XaCode code) throws Exception {
        prepared().failing(Call.ROLLBACK, code);
        recovery.listing(xid);
        assertEquals(expected(ABORT, code, true), result(this::abort));
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_rollback_of_a_prepared_branch_that_is_gone_afterwards(XaCode code) throws Exception {
        prepared().failing(Call.ROLLBACK, code);
        assertEquals(expected(ABORT, code, false), result(this::abort));
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_rollback_after_a_restart(XaCode code) {
        recovery.listing(xid).failing(Call.ROLLBACK, code);
        assertEquals(expected(ABORT, code, true), result(this::abort));
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_a_commit_in_one_phase(XaCode code) throws Exception {
        enlisted().failing(Call.COMMIT_ONE_PHASE, code);
        assertEquals(expected(ONE_PHASE, code, false), result(() -> orders.commitOnePhase(transaction.id())));
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_end_before_a_commit_in_one_phase_aborts(XaCode code) throws Exception {
        enlisted().failing(Call.END, code);
        assertEquals("ABORTED", result(() -> orders.commitOnePhase(transaction.id())));
        assertEquals(endedAndRolledBack(code), own.calls());
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_recover_is_an_exception_and_the_next_call_opens_a_new_connection(XaCode code) {
        recovery.failing(Call.RECOVER, code);
        assertEquals(code.name(), result(orders::inDoubt));
        assertEquals("[]", result(orders::inDoubt));
        assertEquals("open recover close open recover", recovery.calls());
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_start_is_thrown_and_the_branch_is_voted_no(XaCode code) {
        own.failing(Call.START, code);
        assertEquals(code.name(), result(this::enlisted));
        assertEquals("NO", result(() -> orders.prepare(transaction.id())));
    }

    @ParameterizedTest
    @EnumSource(XaCode.class)
    void an_error_at_forget_is_an_exception_unless_it_is_forgotten(XaCode code) {
        recovery.failing(Call.FORGET, code);
        String result = result(() -> {
            orders.forget(transaction.id());
            return "done";
        });
        assertEquals(code == XaCode.XAER_NOTA ? "done" : code.name(), result);
    }

    private ScriptedResource enlisted() throws XAException {
        orders.enlist(transaction, own);
        return own;
    }

    private ScriptedResource prepared() throws Exception {
        enlisted();
        orders.prepare(transaction.id());
        return own;
    }

    private String commit() throws Exception {
        orders.commit(transaction.id());
        return "done";
    }

    private String abort() throws Exception {
        orders.abort(transaction.id());
        return "done";
    }

    private static String expected(String table, XaCode code, boolean listed) {
        String result = table.lines()
                .map(line -> line.split(" +"))
                .filter(row -> code.name().startsWith(row[0]))
                .map(row -> row[listed ? 1 : 2])
                .findFirst()
                .orElseThrow();
        return result.equals("exception") ? code.name() : result;
    }

    private static String result(Callable<?> call) {
        try {
            return String.valueOf(call.call());
        } catch (HeuristicException heuristic) {
            return heuristic.ending().name();
        } catch (XAException failure) {
            return XaCode.of(failure.errorCode).name();
        } catch (Exception other) {
            return other.toString();
        }
    }
}
