package dev.avow.benchmarks.manager;

import java.nio.file.Path;
import javax.transaction.xa.XAResource;

/**
 * A transaction manager under measurement, in one of its settings. Found by {@link java.util.ServiceLoader}, so that each
 * peer can have a class path of its own. A process measures one, once.
 */
public interface Manager {
    /** How the command line and the results call it: the product, and its setting if there are several. */
    String name();

    /**
     * Starts it.
     *
     * @param directory empty, on the disk that is measured; for its log, if it has one
     */
    Running open(Path directory) throws Exception;

    /** One that has started. */
    interface Running {
        /**
         * What one thread does over and over: begin; enlist both resources; commit. Called in that thread, with resources
         * that belong to it alone.
         */
        Work work(XAResource first, XAResource second) throws Exception;

        /** Ends it; nothing is under way any more. */
        void close() throws Exception;
    }

    /** One transaction, from begin to a commit that was reported as such. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }
}
