package dev.avow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code avow} command. */
@Command(
        name = "avow",
        description = "Commits one transaction across several databases, or none of it.",
        mixinStandardHelpOptions = true,
        subcommands = Avow.Demo.class)
public final class Avow {
    private Avow() {}

    /**
     * Runs the command and exits with its code.
     *
     * @param arguments the subcommand and its options
     */
    public static void main(String[] arguments) {
        int code = new CommandLine(new Avow()).execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Command(name = "demo", description = "A placeholder.", mixinStandardHelpOptions = true)
    static final class Demo implements Callable<Integer> {
        @Override
        public Integer call() {
            System.out.println("avow demo: placeholder");
            return 0;
        }
    }
}
