package dev.avow.cli.demo.services;

/** One of the three processes. */
public enum Victim {
    SHOP("shop"),
    ORDERS("order service"),
    PAYMENTS("payment service");

    private final String words;

    Victim(String words) {
        this.words = words;
    }

    static Victim of(Part part) {
        return switch (part) {
            case ORDERS -> ORDERS;
            case PAYMENTS -> PAYMENTS;
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
