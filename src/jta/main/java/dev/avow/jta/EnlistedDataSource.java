package dev.avow.jta;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;
import javax.sql.XADataSource;

/** A registered database, whose connections belong to the thread's transaction. Safe for any number of threads. */
final class EnlistedDataSource implements DataSource {
    private final AvowTransactionManager manager;
    private final Resources.Manager database;
    private final XADataSource source;

    EnlistedDataSource(AvowTransactionManager manager, Resources.Manager database) {
        this.manager = manager;
        this.database = database;
        this.source = database.source().orElseThrow();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Optional<JtaTransaction> transaction = manager.current();
        return transaction.isPresent()
                ? transaction.get().connection(database.first())
                : LocalConnection.of(source.getXAConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                "\"" + database.name() + "\" was registered with its user: call getConnection()");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("this data source is no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
