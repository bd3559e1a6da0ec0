package dev.avow.xa;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** A process that halts without warning: {@code main(database file, mode, sequence)}. */
final class KilledProcess {
    static final int HALTED = 42;

    public static void main(String[] arguments) throws Exception {
        Database database = Database.at(Path.of(arguments[0]));
        XaParticipant orders = XaParticipant.of("orders", database.dataSource());
        FakeTransaction transaction = new FakeTransaction(Long.parseLong(arguments[2]));
        Connection connection = orders.connection(transaction);
        switch (arguments[1]) {
            case "prepared" -> {
                Database.add(connection, 5);
                System.out.println(orders.prepare(transaction.id()));
            }
            case "working" -> Database.add(connection, 5);
            case "committed" -> {
                Database.add(connection, 5);
                orders.prepare(transaction.id());
                orders.commit(transaction.id());
            }
            case "one-phase" -> {
                Database.add(connection, 5);
                System.out.println(orders.commitOnePhase(transaction.id()));
            }
            default -> throw new IllegalArgumentException(arguments[1]);
        }
        System.out.flush();
        Runtime.getRuntime().halt(HALTED);
    }

    /** Runs it to its end, and gives what it said. */
    static String run(Path database, String mode, long sequence) throws Exception {
        return run(KilledProcess.class, database.toString(), mode, Long.toString(sequence));
    }

    static String run(Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != HALTED) {
            throw new IllegalStateException("the process ended with " + process.exitValue() + ": " + said);
        }
        return said.strip();
    }

    private KilledProcess() {}
}
