package dev.avow.resources;

import dev.avow.xa.kit.XaLink;
import dev.avow.xa.kit.XaTarget;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import java.util.Enumeration;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnectionFactory;

/** A queue of a broker: a marker is a message with this property. */
record ArtemisTarget(int port) implements XaTarget {
    private static final String MARKER = "marker";
    private static final String QUEUE = "kit";

    @Override
    public String name() {
        return "Artemis";
    }

    @Override
    public XaLink open() throws JMSException {
        // A client that fails over by itself would hide the loss of its connection.
        ActiveMQXAConnectionFactory factory = new ActiveMQXAConnectionFactory(
                "tcp://localhost:" + port + "?reconnectAttempts=0&callTimeout=10000&blockOnDurableSend=true");
        return new Link(factory.createXAConnection());
    }

    @Override
    public int count(String marker) throws JMSException {
        try (Link link = (Link) open()) {
            return link.count(marker);
        }
    }

    private static final class Link implements XaLink {
        private final XAConnection connection;
        private final XASession session;
        private final XAResource resource;
        private final MessageProducer producer;

        Link(XAConnection connection) throws JMSException {
            this.connection = connection;
            this.session = connection.createXASession();
            this.resource = session.getXAResource();
            this.producer = session.createProducer(session.createQueue(QUEUE));
            connection.start();
        }

        @Override
        public XAResource resource() {
            return resource;
        }

        @Override
        public void write(String marker) throws JMSException {
            Message message = session.createMessage();
            message.setStringProperty(MARKER, marker);
            producer.send(message);
        }

        @Override
        public void read() throws JMSException {
            count("nobody writes this");
        }

        int count(String marker) throws JMSException {
            try (QueueBrowser browser =
                    session.createBrowser(session.createQueue(QUEUE), MARKER + " = '" + marker + "'")) {
                int found = 0;
                for (Enumeration<?> all = browser.getEnumeration(); all.hasMoreElements(); all.nextElement()) {
                    found++;
                }
                return found;
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (JMSException | RuntimeException broken) {
                // It is gone, then.
            }
        }
    }
}
