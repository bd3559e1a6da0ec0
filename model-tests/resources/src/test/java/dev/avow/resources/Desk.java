package dev.avow.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.servers.Await;
import dev.avow.xa.AvowXid;
import dev.avow.xa.kit.XaLink;
import dev.avow.xa.kit.XaTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A coordinator over the resource manager that is tested and a second one, H2 in this process. */
final class Desk implements AutoCloseable {
    static final AvowOptions QUICK = AvowOptions.defaults()
            .withRetries(Duration.ofMillis(20), Duration.ofMillis(300))
            .withTellTimeout(Duration.ofSeconds(1));

    final Client client;
    final Client ledgerClient;
    final Member subject;
    final Member ledger;
    final Refusing refusing = new Refusing();
    final Avow avow;

    Desk(Client client, Path ledgerFile, Path log, Taps taps, AvowOptions options) throws Exception {
        this.client = client;
        this.ledgerClient = new JdbcClient(Client.h2(ledgerFile).prepared());
        this.subject = client.member("subject", taps);
        this.ledger = ledgerClient.member("ledger", new Taps());
        this.avow = Avow.open(log, options, List.of(subject.participant(), ledger.participant(), refusing));
    }

    @FunctionalInterface
    interface Work {
        void in(Transaction transaction) throws Exception;
    }

    /** Work that fails aborts; its exception is no news here. */
    Outcome transact(String name, Work work) {
        Transaction transaction = avow.begin(name);
        try {
            work.in(transaction);
        } catch (Exception | Error failure) {
            return transaction.abort();
        }
        return transaction.commit();
    }

    void writeBoth(Transaction transaction, String marker) throws Exception {
        subject.write(transaction, marker);
        ledger.write(transaction, marker);
    }

    /** Nothing is left of it but what was decided, and work goes on. */
    void audit(String marker, int inSubject, int inLedger) throws Exception {
        Await.until(() -> avow.awaitRecovered(Duration.ofMillis(100)), () -> "unfinished: " + avow.pending());
        Await.until(() -> inDoubt(client.target()).isEmpty(), () -> "the subject's branches stay in doubt");
        Await.until(() -> inDoubt(ledgerClient.target()).isEmpty(), () -> "the ledger's branches stay in doubt");
        assertEquals(
                marker + ": " + inSubject + " in the subject, " + inLedger + " in the ledger",
                marker + ": " + client.target().count(marker) + " in the subject, "
                        + ledgerClient.target().count(marker) + " in the ledger");
        goOn(marker);
    }

    /** A kept connection that was cut in its first half second is lent once more, unlooked at: that transaction aborts. */
    private void goOn(String marker) throws Exception {
        String next = marker + ", next";
        if (!(transact(next, transaction -> writeBoth(transaction, next)) instanceof Outcome.Committed)) {
            transact(next, transaction -> writeBoth(transaction, next)).requireCommitted();
        }
        assertEquals(1, client.target().count(next));
        assertEquals(1, ledgerClient.target().count(next));
    }

    static List<Xid> inDoubt(XaTarget target) throws Exception {
        try (XaLink link = target.open()) {
            return inDoubt(link.resource());
        }
    }

    static List<Xid> inDoubt(XAResource resource) throws Exception {
        Xid[] found = Optional.ofNullable(resource.recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN))
                .orElse(new Xid[0]);
        return Arrays.stream(found)
                .filter(xid -> xid.getFormatId() == AvowXid.FORMAT_ID)
                .toList();
    }

    @Override
    public void close() {
        avow.close();
        subject.close();
        ledger.close();
    }
}
