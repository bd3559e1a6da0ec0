package dev.avow.threads.schedules;

import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.threads.world.Shop;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** Two transactions of one coordinator, which all runs share: it is the real one, with its threads. */
@Param(name = "slot", gen = IntGen.class, conf = "1:2")
public class ScheduledRegistry {
    private static final Shop SHOP = Shop.open();

    private final Map<Integer, Transaction> slots = new ConcurrentHashMap<>();

    @Operation(params = "slot")
    public void begin(int slot) {
        Transaction unused = slots.computeIfAbsent(slot, number -> SHOP.begin());
    }

    @Operation(params = "slot")
    public String commit(int slot) {
        return end(slot, Transaction::commit);
    }

    @Operation(params = "slot")
    public String abort(int slot) {
        return end(slot, Transaction::abort);
    }

    private String end(int slot, Function<Transaction, Outcome> how) {
        return Optional.ofNullable(slots.get(slot))
                .map(transaction -> Shop.word(how.apply(transaction)))
                .orElse("not begun");
    }

    @Operation(params = "slot")
    public String outcomeOf(int slot) {
        return Optional.ofNullable(slots.get(slot))
                .map(transaction -> Shop.found(SHOP.avow, transaction.id()))
                .orElse("not begun");
    }
}
