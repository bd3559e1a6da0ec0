package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Holds every commit of a payment back, once it is told to: branches are prepared then, for as long as a parent needs. */
final class Holding implements Points {
    private static final String HELD = "payments: before commit";

    private final Path told;
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean holding;

    Holding(Path told) {
        this.told = told;
    }

    void hold() {
        holding = true;
    }

    void release() {
        released.countDown();
    }

    @Override
    public void pass(String place) throws IOException {
        if (holding && place.equals(HELD)) {
            Files.writeString(told, "");
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
