package dev.avow.benchmarks.command;

import dev.avow.benchmarks.text.Complaint;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The command of the benchmarks' jar: measures, compares, and shows. JMH itself is still there, by its name:
 * {@code java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main}.
 */
@Command(
        name = "benchmarks",
        description = "Measures Avow beside its peers and what the machine allows, and compares two results.",
        footer = {"", "JMH itself: java -cp benchmarks/target/benchmarks.jar org.openjdk.jmh.Main -h"},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    static final int FINE = 0;
    /** Something was lost, or could not be measured. */
    static final int LOST = 1;

    static final int WRONG_INPUT = 2;
    /** Whether something was lost can't be told. */
    static final int NOT_JUDGED = 3;

    private Main() {}

    public static void main(String[] arguments) {
        // Charts are drawn without a screen.
        System.setProperty("java.awt.headless", "true");
        PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
        PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
        System.exit(run(out, err, arguments));
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Main())
                .addSubcommand(new RunCommand())
                .addSubcommand(new CompareCommand())
                .addSubcommand(new PageCommand())
                .addSubcommand(new HelpCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> complain(failure, command))
                .execute(arguments);
    }

    private static int complain(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof Complaint complaint) {
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + complaint.getMessage());
            return WRONG_INPUT;
        }
        throw failure;
    }
}
