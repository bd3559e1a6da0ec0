package dev.avow.benchmarks.services;

/** What is done for a transaction, or in the midst of it. */
@FunctionalInterface
public interface Work {
    void run() throws Exception;
}
