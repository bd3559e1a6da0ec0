package dev.avow.xa;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A participant "orders" over an H2 file, which counts the connections that it opens. */
final class H2Orders implements AutoCloseable {
    final Database database;
    final XaParticipant participant;
    private final AtomicInteger opened = new AtomicInteger();

    H2Orders(Path directory) throws SQLException {
        this.database = Database.at(directory.resolve("orders")).create();
        this.participant = newParticipant(Duration.ofSeconds(5));
    }

    /** As after a restart: it knows only what the database knows. */
    XaParticipant newParticipant(Duration patience) {
        JdbcSessions sessions = new JdbcSessions("orders", () -> {
            opened.incrementAndGet();
            return database.dataSource().getXAConnection();
        });
        return XaParticipant.over("orders", sessions, patience);
    }

    int opened() {
        return opened.get();
    }

    @Override
    public void close() throws SQLException {
        participant.close();
        database.run("SHUTDOWN IMMEDIATELY");
    }
}
