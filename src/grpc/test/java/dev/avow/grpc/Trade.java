package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Outcome;
import dev.avow.grpc.NodeStock.Level;
import dev.avow.grpc.contract.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A stock in JavaScript with ten bolts, payments in Java, the shop before them, and what befalls them. */
final class Trade implements AutoCloseable {
    static final Level UNTOUCHED = new Level(10, 0);
    private static final Duration LONG = Duration.ofSeconds(60);

    final NodeStock stock;
    final StoreService payments;
    final Shop shop;

    private Trade(NodeStock stock, StoreService payments, Shop shop) {
        this.stock = stock;
        this.payments = payments;
        this.shop = shop;
    }

    /** @param program the stock's */
    static Trade with(Path program, Path folder) throws Exception {
        NodeStock stock = new NodeStock(program, folder.resolve("stock"));
        StoreService payments = StoreService.started(folder.resolve("payments"), "payments");
        return new Trade(stock, payments, new Shop(folder.resolve("log"), stock, payments));
    }

    void buy(int bolts) {
        NodeStock.reserve(shop.orders, bolts);
        Texts.put(shop.payments, "O1=120");
    }

    Outcome bought() {
        return shop.coordinator.transact("O1", transaction -> buy(2));
    }

    Optional<String> paid() {
        return payments.store().get("O1");
    }

    /** Kills the stock, and then its successor at once, before the coordinator hears the first such answer. */
    void killAtFirst(Answer.MessageCase kind) {
        stock.whenAnswering(answer -> {
            if (answer.getMessageCase() == kind) {
                stock.whenAnswering(later -> {});
                stock.kill();
                assertDoesNotThrow(stock::startAgain);
                stock.kill();
            }
        });
    }

    void startAgain() throws Exception {
        stock.startAgain();
        // The shop's channel knows now that it is back.
        assertEquals(stock.level(), NodeStock.level(shop.orders));
    }

    void awaitRecovered() throws InterruptedException {
        assertTrue(shop.avow.awaitRecovered(LONG), "still in doubt");
    }

    Level levelAfterKillAtYes() throws Exception {
        killAtFirst(Answer.MessageCase.VOTE);
        // The decision stands, whoever is dead.
        bought().requireCommitted();
        startAgain();
        awaitRecovered();
        return stock.level();
    }

    Level levelAfterKillAtAck() throws Exception {
        killAtFirst(Answer.MessageCase.ACK);
        bought().requireCommitted();
        startAgain();
        awaitRecovered();
        return stock.level();
    }

    Level levelAfterTimeoutAtYes() throws Exception {
        stock.whenAnswering(answer -> {
            stock.whenAnswering(later -> {});
            assertDoesNotThrow(stock::letTheWorkTimeoutPass);
        });
        bought().requireCommitted();
        awaitRecovered();
        return stock.level();
    }

    Outcome outcomeOfLostWork() throws Exception {
        return shop.coordinator.transact("O1", transaction -> {
            buy(2);
            stock.kill();
            startAgain();
        });
    }

    @Override
    public void close() {
        shop.close();
        payments.close();
        stock.close();
    }
}
