package dev.avow.resources;

import dev.avow.engine.Transaction;
import dev.avow.jta.AvowTransactionManager;
import dev.avow.xa.XaParticipant;
import dev.avow.xa.XaSession;
import dev.avow.xa.kit.XaLink;
import dev.avow.xa.kit.XaTarget;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.transaction.xa.XAResource;

/** What isn't a database: the application opens its own connections, one for each transaction. */
record LinkClient(XaTarget target) implements Client {
    @Override
    public Member member(String name, Taps taps) {
        return new LinkMember(XaParticipant.of(name, () -> session(taps)), taps, new ConcurrentLinkedQueue<>());
    }

    private XaSession session(Taps taps) throws Exception {
        return new Session(target.open(), taps);
    }

    @Override
    public void register(AvowTransactionManager.Builder builder, String name, Taps taps) {
        builder.resource(name, () -> session(taps));
    }

    @Override
    public JtaMember in(AvowTransactionManager manager, String name, Taps taps) {
        return new JtaMember() {
            @Override
            public Runnable write(String marker) throws Exception {
                XaLink link = enlisted();
                link.write(marker);
                return link::close;
            }

            @Override
            public Runnable read() throws Exception {
                XaLink link = enlisted();
                link.read();
                return link::close;
            }

            private XaLink enlisted() throws Exception {
                XaLink link = target.open();
                manager.getTransaction().enlistResource(manager.named(name, taps.over(link.resource())));
                return link;
            }
        };
    }

    private record Session(XaLink link, Taps taps) implements XaSession {
        @Override
        public XAResource resource() {
            return taps.over(link.resource());
        }

        @Override
        public void close() {
            link.close();
        }
    }

    private final class LinkMember implements Member {
        private final XaParticipant participant;
        private final Taps taps;
        private final Queue<XaLink> open;

        LinkMember(XaParticipant participant, Taps taps, Queue<XaLink> open) {
            this.participant = participant;
            this.taps = taps;
            this.open = open;
        }

        @Override
        public XaParticipant participant() {
            return participant;
        }

        @Override
        public void write(Transaction transaction, String marker) throws Exception {
            enlisted(transaction).write(marker);
        }

        @Override
        public void read(Transaction transaction) throws Exception {
            enlisted(transaction).read();
        }

        private XaLink enlisted(Transaction transaction) throws Exception {
            XaLink link = target.open();
            open.add(link);
            participant.enlist(transaction, taps.over(link.resource()));
            return link;
        }

        @Override
        public void close() {
            open.forEach(XaLink::close);
            participant.close();
        }
    }
}
