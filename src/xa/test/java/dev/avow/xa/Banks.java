package dev.avow.xa;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Observer;
import dev.avow.engine.Outcome;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Two databases with one account of 100 each, and a coordinator over both. */
final class Banks implements AutoCloseable {
    final Database left;
    final Database right;
    final XaParticipant leftBank;
    final XaParticipant rightBank;
    final Avow avow;

    private Banks(Path directory, Database left, Database right, Observer observer) {
        this.left = left;
        this.right = right;
        this.leftBank = XaParticipant.of("left", left.dataSource());
        this.rightBank = XaParticipant.of("right", right.dataSource());
        this.avow = Avow.open(
                directory.resolve("log"), AvowOptions.defaults().withObserver(observer), List.of(leftBank, rightBank));
    }

    static Banks create(Path directory, Observer observer) throws SQLException {
        Database left = Database.at(directory.resolve("left")).create();
        Database right = Database.at(directory.resolve("right")).create();
        return new Banks(directory, left, right, observer);
    }

    static Banks reopen(Path directory) {
        return new Banks(
                directory, Database.at(directory.resolve("left")), Database.at(directory.resolve("right")), step -> {});
    }

    Outcome transfer(String name, int amount) throws SQLException {
        return avow.transact(name, transaction -> {
            Database.add(leftBank.connection(transaction), -amount);
            Database.add(rightBank.connection(transaction), amount);
        });
    }

    String balances() throws SQLException {
        return left.balance() + " " + right.balance();
    }

    @Override
    public void close() {
        avow.close();
        leftBank.close();
        rightBank.close();
    }
}
