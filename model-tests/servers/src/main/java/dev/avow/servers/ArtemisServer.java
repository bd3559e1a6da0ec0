package dev.avow.servers;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An Artemis broker whose journal is forced to the disk with each transaction. */
public final class ArtemisServer extends ServerJvm {
    private ArtemisServer(Path folder) throws IOException {
        super(Main.class, folder);
    }

    /**
     * Starts one whose journal lies below this folder.
     *
     * @throws IOException if it doesn't start
     */
    public static ArtemisServer start(Path root) throws IOException {
        return new ArtemisServer(root.resolve("artemis"));
    }

    /** Its process: {@code main(port, folder)}. */
    static final class Main {
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[1]);
            Configuration configuration = new ConfigurationImpl()
                    .setName("broker")
                    .setPersistenceEnabled(true)
                    .setSecurityEnabled(false)
                    .setJournalType(JournalType.NIO)
                    .setJournalDatasync(true)
                    .setJournalSyncTransactional(true)
                    .setJournalSyncNonTransactional(true)
                    .setJournalDirectory(folder.resolve("journal").toString())
                    .setBindingsDirectory(folder.resolve("bindings").toString())
                    .setLargeMessagesDirectory(folder.resolve("large").toString())
                    .setPagingDirectory(folder.resolve("paging").toString())
                    .setMaxDiskUsage(-1)
                    .addAcceptorConfiguration("tcp", "tcp://localhost:" + arguments[0])
                    .addAddressSetting("#", keepingQueues());
            EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
            broker.setConfiguration(configuration);
            broker.start();
            ServerMain.serve();
        }

        /** A queue that is deleted when nobody listens takes with it what recovery has just committed to it. */
        private static AddressSettings keepingQueues() {
            return new AddressSettings()
                    .setAutoCreateQueues(true)
                    .setAutoCreateAddresses(true)
                    .setAutoDeleteQueues(false)
                    .setAutoDeleteAddresses(false);
        }

        private Main() {}
    }
}
