package dev.avow.agroal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.jdbcx.JdbcXAConnection;
import org.junit.jupiter.api.Test;

/** Drivers have quirks, so who calls one through a pool has to know which it is. */
final class PooledResourceTest {
    @Test
    void the_driver_is_seen_through_it() throws Exception {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:");
        XAConnection connection = h2.getXAConnection();
        PooledResource pooled = new PooledResource(connection.getXAResource(), new Straggler());
        assertTrue(pooled.isWrapperFor(XAResource.class));
        assertSame(connection.getXAResource(), pooled.unwrap(XAResource.class));
        assertSame(connection.getXAResource(), pooled.unwrap(JdbcXAConnection.class));
        assertFalse(pooled.isWrapperFor(Statement.class));
        assertThrows(SQLException.class, () -> pooled.unwrap(Statement.class));
        connection.close();
    }
}
