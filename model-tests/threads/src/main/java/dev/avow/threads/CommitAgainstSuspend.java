package dev.avow.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.avow.jta.AvowTransactionManager;
import dev.avow.threads.world.Meeting;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * One thread commits a transaction of the JTA edge while another takes it over, and suspends it again.
 *
 * <pre>
 *   commit      suspend                                 afterwards            |
 *   committed   suspended: it got it back               committed, in nobody  | allowed
 *   committed   nothing: the commit came in between     committed, in nobody  | allowed
 *   committed   refused: it was over                    committed, in nobody  | allowed
 *   anything else, as a thread that stays in it                               | forbidden
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "committed, suspended, committed and in nobody", expect = ACCEPTABLE, desc = "Suspend came first.")
@Outcome(id = "committed, nothing, committed and in nobody", expect = ACCEPTABLE, desc = "Commit came in between.")
@Outcome(id = "committed, refused, committed and in nobody", expect = ACCEPTABLE, desc = "Commit came first.")
public class CommitAgainstSuspend {
    private static final AvowTransactionManager MANAGER = open();

    private final Transaction transaction = begun();
    private final Meeting meeting = new Meeting();
    private volatile int left = Status.STATUS_UNKNOWN;

    private static AvowTransactionManager open() {
        try {
            return AvowTransactionManager.at(Files.createTempDirectory("avow-races"))
                    .open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Transaction begun() {
        try {
            MANAGER.begin();
            return MANAGER.suspend();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Actor
    public void commit(LLL_Result result) {
        meeting.meetAndLinger(20);
        try {
            transaction.commit();
            result.r1 = "committed";
        } catch (Exception failure) {
            result.r1 = failure.toString();
        }
    }

    @Actor
    public void suspend(LLL_Result result) {
        meeting.meetAndLinger(20);
        try {
            MANAGER.resume(transaction);
            Object suspended = MANAGER.suspend();
            result.r2 = suspended == transaction ? "suspended" : suspended == null ? "nothing" : "another";
        } catch (InvalidTransactionException over) {
            result.r2 = "refused";
        } catch (RuntimeException failure) {
            result.r2 = failure.toString();
        }
        left = MANAGER.getStatus();
    }

    @Arbiter
    public void audit(LLL_Result result) {
        int status = status();
        result.r3 = (status == Status.STATUS_COMMITTED ? "committed" : "status " + status)
                + (left == Status.STATUS_NO_TRANSACTION ? " and in nobody" : " and in a thread of status " + left);
    }

    private int status() {
        try {
            return transaction.getStatus();
        } catch (SystemException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
