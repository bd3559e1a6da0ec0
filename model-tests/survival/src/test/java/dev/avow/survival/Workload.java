package dev.avow.survival;

import dev.avow.engine.Outcome;
import java.io.IOException;
import java.sql.SQLException;

/** A shop's short day, the same each time: every kind of transaction once, in one thread. */
final class Workload {
    private final Shop shop;
    private final Points points;
    private final Acknowledgements caller;

    Workload(Shop shop, Points points, Acknowledgements caller) {
        this.shop = shop;
        this.points = points;
        this.caller = caller;
    }

    void run() throws IOException, SQLException {
        transact("O001", transaction -> {
            shop.order(transaction, "O001", 10);
            shop.pay(transaction, "O001", 10);
        });
        transact("O002s", transaction -> {
            shop.pay(transaction, "O002s", 20);
            shop.order(transaction, "O002s", 20);
            shop.sell(transaction, "O002s");
        });
        transact("N001", transaction -> shop.note(transaction, "N001"));
        transact("O003", transaction -> {
            // The store only reads, and drops out with its vote.
            shop.lookUp(transaction, "O002s");
            shop.order(transaction, "O003", 30);
            shop.pay(transaction, "O003", 30);
        });
        transact("O004", transaction -> {
            shop.order(transaction, "O004", 40);
            shop.pay(transaction, "O004", 40);
            shop.askForCredit(transaction);
        });
        transact("S001", transaction -> shop.sell(transaction, "S001"));
        transact("O005s", transaction -> {
            shop.sell(transaction, "O005s");
            shop.order(transaction, "O005s", 50);
            shop.pay(transaction, "O005s", 50);
        });
    }

    private void transact(String id, Shop.Work work) throws IOException, SQLException {
        points.during(id);
        caller.begun(id);
        Outcome outcome = shop.transact(id, work);
        points.pass("caller: before its answer is noted");
        caller.ended(said(outcome), id);
        points.pass("caller: has its answer");
    }

    static String said(Outcome outcome) {
        if (outcome instanceof Outcome.Committed) {
            return Acknowledgements.COMMITTED;
        }
        if (outcome instanceof Outcome.Heuristic) {
            return Acknowledgements.HEURISTIC;
        }
        return outcome instanceof Outcome.Aborted ? Acknowledgements.ABORTED : Acknowledgements.UNKNOWN;
    }
}
