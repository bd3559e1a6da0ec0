package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.LogClosedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogFailedException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.LogRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads against a sink that writes only when the test lets it. */
@Timeout(60)
final class GroupCommitTest {

    /** Each write announces itself, waits for a permit and then does as told. */
    private static final class SlowSink implements GroupCommit.Sink {

        final Semaphore started = new Semaphore(0);
        final Semaphore permits = new Semaphore(0);
        final List<String> frames = Collections.synchronizedList(new ArrayList<>());
        final List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
        volatile Optional<Throwable> failure = Optional.empty();

        @Override
        public void write(List<byte[]> records) throws IOException {
            interrupted.add(Thread.currentThread().isInterrupted());
            started.release();
            permits.acquireUninterruptibly();
            if (failure.isPresent()) {
                Throwable thrown = failure.get();
                if (thrown instanceof IOException e) {
                    throw e;
                }
                if (thrown instanceof RuntimeException e) {
                    throw e;
                }
                throw (Error) thrown;
            }
            StringBuilder frame = new StringBuilder();
            records.forEach(record -> frame.append(new String(record, StandardCharsets.UTF_8)));
            frames.add(frame.toString());
        }
    }

    private final SlowSink sink = new SlowSink();
    private final GroupCommit group = new GroupCommit("/somewhere", sink);
    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());

    private static byte[] record(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Thread start(Runnable work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                thrown.add(e);
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Returns once the thread has taken its place behind a leader at work, which keeps the order of records certain. */
    private Thread startWaiting(Runnable work) {
        Thread thread = start(work);
        while (thread.getState() != Thread.State.WAITING) {
            assertTrue(thread.isAlive(), "it should wait for the leader");
            Thread.onSpinWait();
        }
        return thread;
    }

    private void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void a_leader_leads_once_more_for_those_who_wait_and_then_hands_over() throws InterruptedException {
        Thread first = start(() -> group.append(record("a")));
        sink.started.acquire();
        startWaiting(() -> group.append(record("b")));
        sink.permits.release();
        sink.started.acquire();
        assertTrue(first.isAlive(), "it leads for the next");
        startWaiting(() -> group.append(record("c")));
        sink.permits.release();
        first.join();
        sink.started.acquire();
        sink.permits.release();
        join();
        assertEquals(List.of("a", "b", "c"), sink.frames);
        assertEquals(List.of(), thrown);
    }

    @Test
    void records_that_come_during_a_force_share_the_next() throws InterruptedException {
        start(() -> group.append(record("a")));
        sink.started.acquire();
        for (String text : List.of("b", "c", "d", "e")) {
            startWaiting(() -> group.append(record(text)));
        }
        sink.permits.release(2);
        join();
        assertEquals(List.of("a", "bcde"), sink.frames);
        assertEquals(List.of(), thrown);
    }

    @Test
    void a_lone_append_is_written_by_its_own_thread() {
        Thread[] writer = {new Thread()};
        GroupCommit alone = new GroupCommit("/somewhere", records -> writer[0] = Thread.currentThread());
        alone.append(record("a"));
        assertSame(Thread.currentThread(), writer[0]);
    }

    @Test
    void unforced_records_ride_in_the_order_in_which_they_came() {
        sink.permits.release(10);
        group.appendUnforced(record("a"));
        group.appendUnforced(record("b"));
        assertEquals(List.of(), sink.frames);
        group.append(record("c"));
        group.appendUnforced(record("d"));
        group.flush();
        group.flush();
        group.appendUnforced(record("e"));
        group.close();
        assertEquals(List.of("abc", "d", "e"), sink.frames, "an empty flush needs no frame");
    }

    @Test
    void too_many_unforced_records_are_written_by_whoever_adds_one_too_many() {
        sink.permits.release(10);
        for (int i = 0; i < 16; i++) {
            group.appendUnforced(new byte[1 << 16]);
        }
        assertEquals(0, sink.frames.size());
        group.appendUnforced(new byte[1]);
        assertEquals((1 << 20) + 1, sink.frames.get(0).length());
    }

    @Test
    void a_very_long_queue_is_written_in_several_frames_and_everybody_is_told() throws InterruptedException {
        start(() -> group.append(record("a")));
        sink.started.acquire();
        for (int i = 0; i < 10; i++) {
            startWaiting(() -> group.append(new byte[1 << 20]));
        }
        sink.permits.release(10);
        join();
        assertEquals(
                List.of(1, 4 << 20, 4 << 20, 2 << 20),
                sink.frames.stream().map(String::length).toList());
    }

    @Test
    void the_first_failure_stops_the_log_for_those_in_the_frame_those_behind_it_and_those_after()
            throws InterruptedException {
        sink.failure = Optional.of(new IOException("the disk is gone"));
        start(() -> group.append(record("a")));
        sink.started.acquire();
        startWaiting(() -> group.append(record("b")));
        startWaiting(() -> group.append(record("c")));
        sink.permits.release(10);
        join();
        assertEquals(3, thrown.size());
        for (Throwable each : thrown) {
            assertEquals(LogFailedException.class, each.getClass());
            assertSays(each, "/somewhere", "the disk is gone");
        }
        assertEquals(
                1,
                thrown.stream()
                        .filter(each -> String.valueOf(each.getMessage()).contains("unknown"))
                        .count(),
                "only the record in the failed frame may be there");

        sink.failure = Optional.empty();
        assertSays(assertThrows(LogFailedException.class, () -> group.append(record("d"))), "wasn't written");
        assertThrows(LogFailedException.class, () -> group.appendUnforced(record("e")));
        assertThrows(LogFailedException.class, group::flush);
        assertEquals(1, sink.interrupted.size(), "a stopped log wrote again");
        group.close();
    }

    @Test
    void an_error_in_the_leader_leaves_nobody_waiting() throws InterruptedException {
        sink.failure = Optional.of(new OutOfMemoryError("injected"));
        start(() -> group.append(record("a")));
        sink.started.acquire();
        startWaiting(() -> group.append(record("b")));
        sink.permits.release(10);
        join();
        assertEquals(2, thrown.size());
        thrown.forEach(each -> assertEquals(LogFailedException.class, each.getClass()));
    }

    @Test
    void a_fence_refuses_everybody_from_then_on() throws InterruptedException {
        sink.failure = Optional.of(new LogRefusedException("incarnation 2 has opened it"));
        start(() -> group.append(record("a")));
        sink.started.acquire();
        startWaiting(() -> group.append(record("b")));
        sink.permits.release(10);
        join();
        assertEquals(2, thrown.size());
        thrown.forEach(each -> assertEquals(LogRefusedException.class, each.getClass()));
        assertThrows(LogRefusedException.class, () -> group.append(record("c")));
    }

    @Test
    void a_full_disk_refuses_one_batch_keeps_what_rode_with_it_and_tries_again() throws InterruptedException {
        sink.failure = Optional.of(new LogFullException("no space"));
        group.appendUnforced(record("u"));
        start(() -> group.append(record("a")));
        sink.started.acquire();
        group.appendUnforced(record("v"));
        startWaiting(() -> group.append(record("b")));
        sink.permits.release(2);
        join();
        assertEquals(2, thrown.size());
        thrown.forEach(each -> assertEquals(LogFullException.class, each.getClass()));

        sink.failure = Optional.empty();
        sink.permits.release();
        group.append(record("c"));
        assertEquals(List.of("uvc"), sink.frames, "refused records must be gone, unforced ones still there");
    }

    @Test
    void every_waiter_gets_an_exception_of_its_own() throws InterruptedException {
        sink.failure = Optional.of(new LogFullException("no space"));
        start(() -> group.append(record("a")));
        sink.started.acquire();
        startWaiting(() -> group.append(record("b")));
        startWaiting(() -> group.append(record("c")));
        sink.permits.release(3);
        join();
        assertEquals(3, thrown.stream().distinct().count());
    }

    @Test
    void an_interrupt_cuts_no_wait_short_and_is_kept() throws InterruptedException {
        List<Boolean> after = Collections.synchronizedList(new ArrayList<>());
        Runnable append = () -> {
            group.append(record("x"));
            after.add(Thread.currentThread().isInterrupted());
        };
        Thread leader = start(append);
        sink.started.acquire();
        Thread follower = startWaiting(append);
        Thread nextLeader = startWaiting(() -> {
            Thread.currentThread().interrupt(); // before it even begins to wait
            append.run();
        });
        leader.interrupt();
        follower.interrupt();
        nextLeader.interrupt();
        assertTrue(leader.isAlive() && follower.isAlive() && nextLeader.isAlive());
        assertEquals(List.of(), sink.frames);
        sink.permits.release(2);
        join();
        assertEquals(List.of("x", "xx"), sink.frames);
        assertEquals(List.of(true, true, true), after);
        assertEquals(List.of(), thrown);
    }

    @Test
    void closing_waits_for_those_before_it_and_refuses_those_after() throws InterruptedException {
        start(() -> group.append(record("a")));
        sink.started.acquire();
        startWaiting(() -> group.append(record("b")));
        group.appendUnforced(record("u"));
        CountDownLatch closed = new CountDownLatch(1);
        startWaiting(() -> {
            group.close();
            closed.countDown();
        });
        assertThrows(LogClosedException.class, () -> group.append(record("c")));
        assertThrows(LogClosedException.class, () -> group.appendUnforced(record("c")));
        assertFalse(closed.await(0, TimeUnit.SECONDS));
        sink.permits.release(10);
        join();
        assertEquals(List.of("a", "bu"), sink.frames);
        assertEquals(List.of(), thrown);
    }

    @Test
    void no_two_threads_lead_at_once_and_no_record_is_lost_or_doubled() throws InterruptedException {
        List<String> written = new ArrayList<>(); // guarded by nothing but the leader's exclusivity
        int[] inside = {0};
        int[] frames = {0};
        GroupCommit busy = new GroupCommit("/somewhere", records -> {
            assertEquals(0, inside[0]++);
            frames[0]++;
            records.forEach(record -> written.add(new String(record, StandardCharsets.UTF_8)));
            LockSupport.parkNanos(1); // lets others pile up behind
            inside[0]--;
        });
        int writers = 8;
        int appends = 2_000;
        for (int writer = 0; writer < writers; writer++) {
            String name = writer + "-";
            start(() -> {
                for (int i = 0; i < appends; i++) {
                    if (i % 3 == 0) {
                        busy.appendUnforced(record(name + i));
                    } else {
                        busy.append(record(name + i));
                    }
                }
            });
        }
        join();
        try {
            busy.close();
        } catch (LogException e) {
            thrown.add(e);
        }
        assertEquals(List.of(), thrown);
        assertEquals(writers * appends, written.size());
        for (int writer = 0; writer < writers; writer++) {
            String name = writer + "-";
            List<String> own = new ArrayList<>();
            for (int i = 0; i < appends; i++) {
                own.add(name + i);
            }
            assertEquals(
                    own, written.stream().filter(text -> text.startsWith(name)).toList(), "out of order");
        }
    }
}
