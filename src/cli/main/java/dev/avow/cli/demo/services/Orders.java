package dev.avow.cli.demo.services;

import dev.avow.cli.demo.Order;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Orders to be placed. */
public final class Orders {
    private static final List<String> CUSTOMERS = List.of(
            "Ada", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal", "Ida", "Jo", "Kim", "Lou", "Mia", "Ned", "Ola",
            "Pia", "Quin", "Rae", "Sam", "Tess", "Uma", "Vic", "Wes", "Xena", "Yan", "Zoe");
    private static final int MOST_CENTS = 250_00;

    private Orders() {}

    /** So many, the first with this number. Some customers order for more than they have. */
    public static List<Order> draw(int first, int count, Random random) {
        List<Order> drawn = new ArrayList<>();
        for (int number = first; number < first + count; number++) {
            drawn.add(new Order(
                    String.format(Locale.ROOT, "S%04d", number),
                    CUSTOMERS.get(random.nextInt(CUSTOMERS.size())),
                    BigDecimal.valueOf(1 + random.nextInt(MOST_CENTS), 2)));
        }
        return drawn;
    }
}
