package dev.avow.clients;

import dev.avow.jta.AvowTransactionManager;

/** Begins and ends transactions by hand, for clients that have no way of their own. */
final class Demarcation {
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    static void transact(AvowTransactionManager manager, String name, Work work) throws Exception {
        manager.begin(name);
        try {
            work.run();
        } catch (Exception | Error failure) {
            manager.rollback();
            throw failure;
        }
        manager.commit();
    }

    private Demarcation() {}
}
