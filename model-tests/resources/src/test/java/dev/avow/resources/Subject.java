package dev.avow.resources;

import dev.avow.servers.ArtemisServer;
import dev.avow.servers.DerbyServer;
import dev.avow.servers.MariaServer;
import dev.avow.servers.PostgresServer;
import dev.avow.servers.Server;
import dev.avow.servers.Wire;
import dev.avow.xa.kit.JdbcTarget;
import dev.avow.xa.kit.XaTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;

/** A resource manager that is tested, with what can happen to it. For one test at a time. */
interface Subject {
    Kind kind();

    /** Its place for a client in another process, see {@link Client#of}. */
    String place();

    /** Without anything in between. */
    Client direct();

    /** Over connections that can be cut. */
    Client overWire();

    /** Another database of the same kind, where one can be had. */
    Optional<XaTarget> elsewhere();

    /** Every connection of {@link #overWire} ends without a word. */
    void cut() throws Exception;

    /** Dies as by SIGKILL. */
    void kill() throws Exception;

    void restart() throws Exception;

    static Subject start(Kind kind, Path folder) throws IOException, SQLException {
        return switch (kind) {
            case H2 -> EmbeddedH2.at(folder.resolve("h2"));
            case DERBY -> derby(DerbyServer.start(folder));
            case POSTGRESQL -> postgres(PostgresServer.start(folder));
            case MARIADB -> mariadb(MariaServer.start(folder));
            case ARTEMIS -> behind(kind, ArtemisServer.start(folder), Optional.empty(), () -> {});
        };
    }

    private static Subject derby(DerbyServer server) throws IOException, SQLException {
        JdbcTarget elsewhere = new JdbcTarget("Derby", DerbyServer.database("elsewhere", server.port()));
        DerbySessions sessions = new DerbySessions(new JdbcTarget("Derby", DerbyServer.database("kit", server.port())));
        return behind(Kind.DERBY, server, Optional.of(elsewhere.prepared()), sessions::awaitClearedUp);
    }

    private static Subject postgres(PostgresServer server) throws IOException, SQLException {
        JdbcTarget elsewhere = new JdbcTarget("PostgreSQL", Client.postgres(server.make()));
        return behind(Kind.POSTGRESQL, server, Optional.of(elsewhere.prepared()), () -> {});
    }

    private static Subject mariadb(MariaServer server) throws IOException, SQLException {
        JdbcTarget elsewhere = Client.mariadb("elsewhere", server.port());
        return behind(Kind.MARIADB, server, Optional.of(elsewhere.prepared()), () -> {});
    }

    private static Subject behind(Kind kind, Server server, Optional<XaTarget> elsewhere, Taps.Action afterCut)
            throws IOException, SQLException {
        Wire wire = Wire.to(server.port());
        Subjects.closeAtEnd(wire);
        Subjects.closeAtEnd(server);
        Client direct = Client.of(kind, Integer.toString(server.port()));
        if (direct.target() instanceof JdbcTarget database) {
            database.prepared();
        }
        return new BehindWire(
                kind, server, wire, direct, Client.of(kind, Integer.toString(wire.port())), elsewhere, afterCut);
    }

    /** A server of its own. */
    record BehindWire(
            Kind kind,
            Server server,
            Wire wire,
            Client direct,
            Client overWire,
            Optional<XaTarget> elsewhere,
            Taps.Action afterCut)
            implements Subject {
        @Override
        public String place() {
            return Integer.toString(server.port());
        }

        @Override
        public void cut() throws Exception {
            wire.cut();
            afterCut.run();
        }

        @Override
        public void kill() throws IOException {
            server.kill();
        }

        @Override
        public void restart() throws IOException {
            server.restart();
        }

        @Override
        public String toString() {
            return direct.target().name();
        }
    }
}
