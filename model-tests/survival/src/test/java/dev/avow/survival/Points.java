package dev.avow.survival;

import java.io.IOException;

/** Told of every durable step and every effect that others can see, right before or after it. Any thread may call it. */
interface Points {
    /** What would be left half done by a process that died here. */
    @FunctionalInterface
    interface Deed {
        void run() throws IOException;
    }

    void pass(String place) throws IOException;

    /** Passes a place in the middle of a step. */
    default void passAmid(String place, Deed half) throws IOException {
        pass(place);
    }

    /** What the application is about, from now on. */
    default void during(String phase) {}

    /** Takes no notice. */
    Points NONE = place -> {};
}
