package dev.avow.resources;

import dev.avow.engine.AvowOptions;
import dev.avow.engine.Observer;
import dev.avow.engine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A transaction in a process that halts right after a protocol step: {@code main(kind, place, folder, marker, step)}. */
final class KilledDeal {
    private static final int HALTED = 42;
    private static final long DEADLINE_SECONDS = 60;

    /** When it halts. */
    enum Step {
        /** The resource manager that is tested has been worked on, and isn't asked for its vote. */
        WORK("", 0),
        /** Everybody has voted yes: two votes. */
        VOTES("CoordinatorReceiveVote", 2),
        /** The decision is durable, and nobody has been told. */
        DECISION("CoordinatorDecideCommit", 1);

        private final String action;
        private final int times;

        Step(String action, int times) {
            this.action = action;
            this.times = times;
        }

        Observer halting() {
            AtomicInteger seen = new AtomicInteger();
            return step -> {
                if (step.action().equals(action) && seen.incrementAndGet() == times) {
                    Runtime.getRuntime().halt(HALTED);
                }
            };
        }
    }

    public static void main(String[] arguments) throws Exception {
        Client client = Client.of(Kind.valueOf(arguments[0]), arguments[1]);
        Path folder = Path.of(arguments[2]);
        String marker = arguments[3];
        Step step = Step.valueOf(arguments[4]);
        AvowOptions options = Desk.QUICK.withObserver(step.halting());
        Taps taps = new Taps();
        if (step == Step.WORK) {
            taps.at("prepare", Taps.When.BEFORE, () -> Runtime.getRuntime().halt(HALTED));
        }
        try (Desk desk = new Desk(client, folder.resolve("ledger"), folder.resolve("log"), taps, options)) {
            Outcome outcome = desk.transact(marker, transaction -> desk.writeBoth(transaction, marker));
            throw new IllegalStateException("it went on: " + outcome);
        }
    }

    /** Runs it until it halts there. */
    static void run(Subject subject, Path folder, String marker, Step step) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledDeal.class.getName(),
                        subject.kind().name(),
                        subject.place(),
                        folder.toString(),
                        marker,
                        step.name()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != HALTED) {
                throw new IllegalStateException("the process didn't halt there: " + Files.readString(output));
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private KilledDeal() {}
}
