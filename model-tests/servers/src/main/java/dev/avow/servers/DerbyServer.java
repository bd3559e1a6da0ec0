package dev.avow.servers;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.derby.drda.NetworkServerControl;
import org.apache.derby.jdbc.ClientXADataSource;

/** Derby's network server with Derby's own defaults, which force each commit and each prepare to the disk. */
public final class DerbyServer extends ServerJvm {
    /** Instead of a minute: a test that meets a lock shall fail soon. */
    private static final String LOCK_SECONDS = "10";

    private DerbyServer(Path folder) throws IOException {
        super(Main.class, folder);
    }

    /**
     * Starts one whose data lie below this folder.
     *
     * @throws IOException if it doesn't start
     */
    public static DerbyServer start(Path root) throws IOException {
        return new DerbyServer(root.resolve("derby"));
    }

    /**
     * A database of it, made by the first connection.
     *
     * @param port the server's, or of a {@link Wire} to it
     */
    public static ClientXADataSource database(String name, int port) {
        ClientXADataSource source = new ClientXADataSource();
        source.setServerName("localhost");
        source.setPortNumber(port);
        source.setDatabaseName(name);
        source.setCreateDatabase("create");
        return source;
    }

    /** Its process: {@code main(port, folder)}. */
    static final class Main {
        public static void main(String[] arguments) throws Exception {
            System.setProperty("derby.system.home", arguments[1]);
            System.setProperty("derby.locks.waitTimeout", LOCK_SECONDS);
            NetworkServerControl server =
                    new NetworkServerControl(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
            server.start(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
            Await.until(() -> listens(server), () -> "Derby doesn't listen");
            ServerMain.serve();
        }

        private static boolean listens(NetworkServerControl server) {
            try {
                server.ping();
                return true;
            } catch (Exception notYet) {
                return false;
            }
        }

        private Main() {}
    }
}
