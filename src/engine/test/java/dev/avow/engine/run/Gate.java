package dev.avow.engine.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A door at which a call waits until the test opens it: how a participant or a disk hangs. */
public final class Gate {
    private static final long DEADLINE_SECONDS = 30;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits until the gate is opened. */
    public void pass() throws InterruptedException {
        reached.countDown();
        require(opened, "nobody opened the gate");
    }

    /** Returns once a call waits here, or has passed. */
    public void awaitCall() throws InterruptedException {
        require(reached, "no call came to the gate");
    }

    public void open() {
        opened.countDown();
    }

    /** This script behind the gate. */
    public <T> ScriptedParticipant.Script<T> before(ScriptedParticipant.Script<T> script) {
        return id -> {
            pass();
            return script.answer(id);
        };
    }

    private static void require(CountDownLatch latch, String otherwise) throws InterruptedException {
        if (!latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(otherwise + " within " + DEADLINE_SECONDS + " s");
        }
    }
}
