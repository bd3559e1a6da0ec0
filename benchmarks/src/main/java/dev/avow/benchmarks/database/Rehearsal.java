package dev.avow.benchmarks.database;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Two H2 databases in memory, on which the code that is measured next can be compiled: at some hundred transactions a second
 * on a busy machine that takes half a minute, and until then the compiler is most of what is measured.
 */
public final class Rehearsal {
    public static final long MILLIS = 4000;

    /** One transaction. */
    @FunctionalInterface
    interface Transaction {
        void commit() throws Exception;
    }

    private Rehearsal() {}

    static XADataSource database(String name) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:rehearsal-" + name + ";DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        Databases.fill(source);
        return source;
    }

    static void of(Transaction transaction) throws Exception {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        while (System.nanoTime() < endNanos) {
            transaction.commit();
        }
    }
}
