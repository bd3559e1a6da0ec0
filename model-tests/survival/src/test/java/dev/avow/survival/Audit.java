package dev.avow.survival;

import dev.avow.engine.KeyValueStore;
import dev.avow.engine.LogInspection;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a shop by plain JDBC, beside any coordinator, and compares it with what callers were told. */
final class Audit {
    private final Place place;
    private final Map<String, List<Integer>> orders;
    private final Map<String, List<Integer>> payments;
    private final Set<String> notes;
    private final List<String> lost = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> inDoubt = new ArrayList<>();

    private Audit(Place place) throws SQLException {
        this.place = place;
        this.orders = amounts(place.orders(), "SELECT id, amount FROM customer_order");
        this.payments = amounts(place.payments(), "SELECT order_id, amount FROM payment");
        this.notes = amounts(place.orders(), "SELECT id, amount FROM note").keySet();
    }

    static Findings of(Place place) throws IOException, SQLException {
        Audit audit = new Audit(place);
        try (KeyValueStore stock = KeyValueStore.open(place.stock(), "stock")) {
            return audit.all(stock);
        }
    }

    private Findings all(KeyValueStore stock) throws IOException, SQLException {
        List<String> committed = said(Acknowledgements.COMMITTED);
        Set<String> ids = new TreeSet<>(said(Acknowledgements.BEGUN));
        ids.addAll(orders.keySet());
        ids.addAll(payments.keySet());
        ids.forEach(id -> requireWhole(id, stock));
        committed.stream().filter(id -> !isThere(id, stock)).forEach(lost::add);
        said(Acknowledgements.ABORTED).stream()
                .filter(id -> isThere(id, stock))
                .forEach(id -> wrong.add(id + " was aborted and is there"));
        said(Acknowledgements.HEURISTIC).forEach(id -> wrong.add(id + " was told to be heuristic"));
        requireNoDoubt(stock);
        return new Findings(committed.size(), lost, wrong, inDoubt);
    }

    private List<String> said(String word) throws IOException {
        return Acknowledgements.said(word, place.acknowledgements());
    }

    /** Whether it is an order, with nothing said of its payment; or what else there is. */
    private boolean isThere(String id, KeyValueStore stock) {
        return switch (id.charAt(0)) {
            case 'O' -> orders.containsKey(id);
            case 'N' -> notes.contains(id);
            default -> stock.get(id).isPresent();
        };
    }

    private void requireWhole(String id, KeyValueStore stock) {
        List<Integer> ordered = orders.getOrDefault(id, List.of());
        List<Integer> paid = payments.getOrDefault(id, List.of());
        if (!ordered.equals(paid) || ordered.size() > 1) {
            wrong.add(id + " has orders of " + ordered + " and payments of " + paid);
        }
        if (id.startsWith("O") && stock.get(id).isPresent() != takenFromStock(id, ordered)) {
            wrong.add(id + " has orders of " + ordered + ", and the stock "
                    + (stock.get(id).isPresent() ? "knows" : "doesn't know") + " it");
        }
    }

    private static boolean takenFromStock(String id, List<Integer> ordered) {
        return id.endsWith(Shop.FROM_STOCK) && !ordered.isEmpty();
    }

    private void requireNoDoubt(KeyValueStore stock) throws SQLException {
        place.orders().inDoubt().forEach(branch -> inDoubt.add("orders: " + branch));
        place.payments().inDoubt().forEach(branch -> inDoubt.add("payments: " + branch));
        stock.inDoubt().forEach(branch -> inDoubt.add("stock: " + branch));
        LogInspection log = LogInspection.of(place.log());
        log.unfinished().forEach(commit -> inDoubt.add("the log has an unfinished commit: " + commit.id()));
        log.heuristics().forEach(contradiction -> wrong.add("the log has a contradiction: " + contradiction));
        log.damage().ifPresent(damage -> wrong.add("the log is damaged: " + damage));
        Set<String> segments = new HashSet<>(log.files());
        segments.removeAll(Set.of("lock", "incarnation"));
        if (segments.size() != 1) {
            wrong.add("the log kept more than its one segment: " + log.files());
        }
    }

    private static Map<String, List<Integer>> amounts(Database database, String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            Map<String, List<Integer>> amounts = new TreeMap<>();
            while (result.next()) {
                amounts.computeIfAbsent(result.getString(1), unused -> new ArrayList<>())
                        .add(result.getInt(2));
            }
            return amounts;
        }
    }
}
