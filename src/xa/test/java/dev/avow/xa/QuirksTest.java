package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Wrapper;
import java.util.Optional;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.api.core.ActiveMQNotConnectedException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

final class QuirksTest {
    private static XaCode codeOf(int number, Throwable cause) {
        XAException failure = new XAException("as some driver throws it");
        failure.errorCode = number;
        failure.initCause(cause);
        return Quirks.codeOf(failure);
    }

    @Test
    void h2_says_transaction_not_found_in_its_cause_only() {
        assertEquals(XaCode.XAER_NOTA, codeOf(0, new SQLException("Transaction not found", "90129", 90129)));
        assertEquals(XaCode.UNNAMED, codeOf(0, new SQLException("General error", "HY000", 50000)));
        assertEquals(XaCode.UNNAMED, Quirks.codeOf(new XAException("without a cause")));
    }

    @Test
    void another_databases_90129_means_nothing() {
        assertEquals(XaCode.XAER_RMERR, codeOf(XAException.XAER_RMERR, new SQLException("something", "HY000", 90129)));
    }

    @Test
    void a_lost_connection_behind_a_resource_error_means_unavailable() {
        for (SQLException lost : new SQLException[] {
            new SQLException("terminating connection due to administrator command", "57P01"),
            new SQLException("communication link failure", "08S01"),
            new SQLException("Database is already closed", "90121"),
            new SQLNonTransientConnectionException()
        }) {
            assertEquals(XaCode.XAER_RMFAIL, codeOf(XAException.XAER_RMERR, lost));
            assertEquals(XaCode.XAER_RMFAIL, codeOf(0, new IllegalStateException("wrapped", lost)));
        }
    }

    @Test
    void a_rollback_behind_a_resource_error_means_rolled_back() {
        assertEquals(XaCode.XA_RBROLLBACK, codeOf(XAException.XAER_RMERR, new SQLException("deadlock", "40001")));
        assertEquals(XaCode.XA_RBINTEGRITY, codeOf(0, new SQLException("duplicate key", "23505")));
        assertEquals(XaCode.UNNAMED, codeOf(0, new SQLException("statement completion unknown", "40003")));
    }

    @Test
    void a_code_that_says_enough_is_believed_whatever_its_cause() {
        assertEquals(XaCode.XA_HEURRB, codeOf(XAException.XA_HEURRB, new SQLException("lost", "08006")));
        assertEquals(XaCode.XA_RETRY, codeOf(XAException.XA_RETRY, new SQLException("lost", "08006")));
    }

    @Test
    void artemis_says_retry_for_a_lost_connection() {
        assertEquals(XaCode.XAER_RMFAIL, codeOf(XAException.XA_RETRY, new ActiveMQNotConnectedException()));
        assertEquals(XaCode.XA_RETRY, Quirks.codeOf(new XAException(XAException.XA_RETRY)));
    }

    @Test
    void every_code_is_found_by_its_number() {
        for (XaCode code : XaCode.values()) {
            assertEquals(code, XaCode.of(code.number()));
        }
        assertEquals(XaCode.UNNAMED, XaCode.of(4711));
    }

    /** As a pool's resource, and as one that calls itself its own wrapper. */
    private static XAResource wrapping(Optional<XAResource> inner) {
        return (XAResource) Proxy.newProxyInstance(
                QuirksTest.class.getClassLoader(),
                new Class<?>[] {XAResource.class, Wrapper.class},
                (proxy, method, arguments) ->
                        method.getName().equals("unwrap") ? inner.orElse((XAResource) proxy) : true);
    }

    @Test
    void the_driver_is_known_behind_a_pools_resource() throws Exception {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:");
        XAConnection connection = h2.getXAConnection();
        XAResource own = connection.getXAResource();
        assertTrue(Quirks.takesTurns(own));
        assertTrue(Quirks.takesTurns(wrapping(Optional.of(wrapping(Optional.of(own))))));
        assertFalse(Quirks.takesTurns(wrapping(Optional.empty())));
        assertFalse(Quirks.waitsToJoin(wrapping(Optional.of(own))));
        connection.close();
    }
}
