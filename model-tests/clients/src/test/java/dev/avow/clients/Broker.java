package dev.avow.clients;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnectionFactory;

/** A message broker in this process, with its journal in a folder and one queue. */
final class Broker implements AutoCloseable {
    static final String QUEUE = "payments";
    private static final int SMALL_FILE = 100 * 1024;

    final ActiveMQXAConnectionFactory connections;
    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();

    Broker(Path folder) throws Exception {
        server.setConfiguration(configuration(folder));
        server.start();
        connections = new ActiveMQXAConnectionFactory("vm://0");
    }

    private static Configuration configuration(Path folder) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setBrokerInstance(folder.toFile());
        return configuration
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(SMALL_FILE)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("here", "vm://0")
                // Else a queue whose messages are only prepared counts as unused, and goes.
                .addAddressSetting("#", new AddressSettings().setAutoDeleteQueues(false))
                .addQueueConfiguration(QueueConfiguration.of(QUEUE).setRoutingType(RoutingType.ANYCAST));
    }

    /** The texts that wait to be received, each as often. */
    List<String> waiting() throws JMSException {
        try (JMSContext context = connections.createContext()) {
            Queue queue = context.createQueue(QUEUE);
            Enumeration<?> messages = context.createBrowser(queue).getEnumeration();
            return Collections.list(messages).stream().map(Broker::text).toList();
        }
    }

    private static String text(Object message) {
        try {
            return ((Message) message).getBody(String.class);
        } catch (JMSException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Override
    public void close() {
        connections.close();
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
