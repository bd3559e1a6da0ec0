package dev.avow.engine;

/**
 * Sees each time that a file log makes records durable. It is called in the thread that did so, while others wait for the
 * same force: a slow one slows them all down. An exception from it is logged and has no other consequence.
 */
@FunctionalInterface
public interface LogObserver {
    /**
     * Records have become durable together.
     *
     * @param records how many, at least 1
     * @param nanos how long it took to write and to force them
     */
    void forced(int records, long nanos);
}
