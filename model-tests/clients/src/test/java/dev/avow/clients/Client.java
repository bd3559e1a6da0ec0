package dev.avow.clients;

import dev.avow.jta.AvowTransactionManager;

/** Someone who writes orders into two places at once, each order in one transaction of the client's own making. */
interface Client extends AutoCloseable {
    AvowTransactionManager manager();

    /** Writes it in both places, does the rest, and commits; what the rest throws rolls back and comes out. */
    void order(String name, Runnable rest) throws Exception;

    default void order(String name) throws Exception {
        order(name, () -> {});
    }

    /** How often it is in the first and in the second place, without the manager: "1 1". */
    String found(String name) throws Exception;

    @Override
    void close();
}
