package dev.avow.resources;

/** A resource manager in the current transaction of a Jakarta Transactions manager. */
interface JtaMember {
    /**
     * Writes the marker.
     *
     * @return closes what is to be closed after the transaction
     */
    Runnable write(String marker) throws Exception;

    /** As {@link #write}, and only reads. */
    Runnable read() throws Exception;

    /** Does what can't be done, and goes on as if nothing had happened. */
    default void failUnseen() {}
}
