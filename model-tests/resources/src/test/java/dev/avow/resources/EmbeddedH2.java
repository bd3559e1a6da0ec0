package dev.avow.resources;

import dev.avow.xa.kit.JdbcTarget;
import dev.avow.xa.kit.XaTarget;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.XAConnection;

/**
 * H2 within this process. There is no connection to be lost: what can be had is the end of the whole database without a
 * word, as when its file's disk is gone. The next connection opens it again.
 */
record EmbeddedH2(String place, JdbcTarget database, Client direct) implements Subject {
    static EmbeddedH2 at(Path file) throws SQLException {
        JdbcTarget database = Client.h2(file).prepared();
        return new EmbeddedH2(file.toString(), database, new JdbcClient(database));
    }

    @Override
    public Kind kind() {
        return Kind.H2;
    }

    @Override
    public Client overWire() {
        return direct;
    }

    @Override
    public Optional<XaTarget> elsewhere() {
        return Optional.of(Client.h2(Path.of(place + "-elsewhere")));
    }

    @Override
    public void cut() throws SQLException {
        XAConnection physical = database.source().getXAConnection();
        try (Connection connection = physical.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        }
    }

    @Override
    public void kill() throws SQLException {
        cut();
    }

    @Override
    public void restart() {}

    @Override
    public String toString() {
        return "H2";
    }
}
