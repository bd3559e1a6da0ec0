package dev.avow.trace;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogOptions;
import dev.avow.engine.Observer;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.protocol.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A process with the threaded engine on real files: some threads commit transactions of one, two or three participants,
 * and everything seen goes to a trace. It is made to be killed and started again on the same folder.
 */
final class TracedShop {
    private static final int THREADS = 8;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    /** That no thread waits for: in most transactions, beside one that holds its thread. */
    private static final String LATER = "p2";

    private static final List<String> NAMES = List.of("p1", "p2", "p3");
    private static final LogOptions SMALL_SEGMENTS = LogOptions.defaults().withSegmentBytes(1 << 20);

    private final TraceFile trace;
    private final List<TracedParticipant> participants;
    private final Avow avow;
    private final int incarnation;

    private TracedShop(Path folder) throws Exception {
        trace = new TraceFile(folder.resolve("trace.txt"));
        participants = new ArrayList<>();
        for (String name : NAMES) {
            participants.add(
                    name.equals(LATER)
                            ? new LaterParticipant(folder.resolve(name), SMALL_SEGMENTS, name, trace)
                            : new TracedParticipant(folder.resolve(name), SMALL_SEGMENTS, name, trace));
        }
        DecisionLog log = DecisionLog.open(folder.resolve("log"), SMALL_SEGMENTS);
        incarnation = log.incarnation();
        trace.write(TraceEvent.of(TraceEvent.EVERYONE, TraceEvent.OPEN, Integer.toString(incarnation)));
        AvowOptions options = AvowOptions.defaults()
                .withRetries(Duration.ofMillis(5), Duration.ofMillis(50))
                .withObserver(this::saw);
        avow = Avow.open(log, options, participants);
    }

    /** The folder, the number of transactions, and a seed for what they do. */
    public static void main(String[] arguments) throws Exception {
        TracedShop shop = new TracedShop(Path.of(arguments[0]));
        shop.run(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
        shop.close();
    }

    private void saw(Observer.Step step) {
        List<String> seen = new ArrayList<>(List.of(Integer.toString(incarnation)));
        step.participant().ifPresent(seen::add);
        if (!step.detail().isEmpty()) {
            seen.add(step.detail());
        }
        trace.write(new TraceEvent(step.id().toString(), step.action(), seen));
    }

    private void run(int transactions, long seed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> working = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            working.add(threads.submit(() -> {
                for (int number = next.getAndIncrement(); number < transactions; number = next.getAndIncrement()) {
                    // Neighbouring seeds begin alike unless they are spread.
                    transact("T" + number, new Random((seed * transactions + number) * SPREAD));
                }
            }));
        }
        for (Future<?> one : working) {
            one.get();
        }
        threads.shutdown();
    }

    private void transact(String name, Random random) {
        List<TracedParticipant> enlisted = participants.subList(0, count(random));
        try (Transaction transaction = avow.begin(name)) {
            String[] names = enlisted.stream().map(TracedParticipant::name).toArray(String[]::new);
            trace.write(TraceEvent.of(transaction.id().toString(), TraceEvent.BEGIN, names));
            enlisted.forEach(participant -> participant.work(transaction, kind(random)));
            Outcome outcome = random.nextInt(12) == 0 ? transaction.abort() : transaction.commit();
            trace.write(TraceEvent.of(
                    transaction.id().toString(),
                    TraceEvent.TOLD,
                    ending(outcome).name()));
        }
    }

    private static int count(Random random) {
        int of8 = random.nextInt(8);
        return of8 == 0 ? 1 : of8 == 1 ? 3 : 2;
    }

    private static Tally.Kind kind(Random random) {
        int of10 = random.nextInt(10);
        return of10 == 0 ? Tally.Kind.NONE : of10 == 1 ? Tally.Kind.REFUSED : Tally.Kind.WORK;
    }

    private static Ending ending(Outcome outcome) {
        if (outcome instanceof Outcome.Committed) {
            return Ending.COMMITTED;
        }
        return outcome instanceof Outcome.Aborted ? Ending.ABORTED : Ending.UNKNOWN;
    }

    private void close() throws Exception {
        avow.awaitRecovered(Duration.ofSeconds(20));
        trace.write(TraceEvent.of(TraceEvent.EVERYONE, TraceEvent.CLOSE));
        avow.close();
        participants.forEach(TracedParticipant::close);
        trace.close();
    }

    /** The command that runs one in a process of its own. */
    static List<String> command(Path folder, int transactions, long seed) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.concat(
                        Stream.of(java, "-cp", System.getProperty("java.class.path"), TracedShop.class.getName()),
                        Arrays.stream(
                                new String[] {folder.toString(), Integer.toString(transactions), Long.toString(seed)}))
                .toList();
    }
}
