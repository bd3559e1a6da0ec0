package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Outcome;
import dev.avow.xa.XaParticipant;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose part is in a database of its own, beside one with a store. */
class DatabaseServiceTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    /** An H2 database on disk, behind a service. */
    private static final class DatabaseService implements Texts.Reached, AutoCloseable {
        private final JdbcDataSource source = new JdbcDataSource();
        private final XaParticipant database;
        private final ParticipantService participant;
        private final Server server;

        DatabaseService(Path file, int port) throws IOException, SQLException {
            source.setURL("jdbc:h2:file:" + file + ";WRITE_DELAY=0");
            source.setUser("avow");
            execute("create table if not exists orders (id varchar primary key)");
            database = XaParticipant.of("orders", source);
            participant = ParticipantService.open(
                    database, ParticipantOptions.of(file.resolveSibling("service"), Identity.plainText()));
            server = Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                    .addService(participant.service())
                    .addService(ServerInterceptors.intercept(Texts.service(this::insert), participant.interceptor()))
                    .build()
                    .start();
        }

        private void insert(String order) throws SQLException {
            try (Statement statement =
                    database.connection(ParticipantService.transaction()).createStatement()) {
                statement.executeUpdate("insert into orders values ('" + order + "')");
            }
        }

        private void execute(String sql) throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        int orders() throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from orders")) {
                assertTrue(rows.next());
                return rows.getInt(1);
            }
        }

        @Override
        public ManagedChannel channel() {
            return Texts.channel("localhost:" + server.getPort());
        }

        @Override
        public void close() {
            server.shutdownNow();
            participant.close();
            database.close();
        }
    }

    @Test
    void a_row_and_a_value_are_committed_or_neither() throws Exception {
        try (DatabaseService orders = new DatabaseService(folder.resolve("orders"), 0);
                StoreService payments = StoreService.started(folder.resolve("payments"), "payments");
                Shop shop = new Shop(folder.resolve("log"), orders, payments)) {
            shop.coordinator
                    .transact("O1", transaction -> {
                        Texts.put(shop.orders, "O1");
                        Texts.put(shop.payments, "O1=120");
                    })
                    .requireCommitted();
            assertEquals(1, orders.orders());
            Outcome refused = shop.coordinator.transact("O2", transaction -> {
                Texts.put(shop.orders, "O2");
                Texts.put(shop.payments, "O2=120");
                payments.stop();
            });
            assertInstanceOf(Outcome.Aborted.class, refused);
            payments.start();
            assertTrue(shop.avow.awaitRecovered(LONG));
            assertEquals(1, orders.orders());
            assertEquals(Optional.empty(), payments.store().get("O2"));
        }
    }
}
