package dev.avow.cli;

import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Complaints;
import dev.avow.cli.terminal.Suggestion;
import dev.avow.cli.terminal.Text;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code avow} command. */
@Command(
        name = "avow",
        description = "Commits one transaction across several databases, or none of it.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    /** Read by slf4j-simple when the first logger is made. */
    private static final String LOG_LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show log lines, and where an error came from.")
    private boolean debug;

    private Main() {}

    /**
     * Runs the command and exits with its code.
     *
     * @param arguments the subcommand and its options
     */
    public static void main(String[] arguments) {
        int code = run(writer(System.out), writer(System.err), arguments);
        // Inside Maven, whose process this may be, a success must not end everything.
        if (code != 0) {
            System.exit(code);
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    /** Runs the command and returns its exit code: 0, 1 if it failed, 2 if it was asked wrongly. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return run(Surroundings.of(out), err, arguments);
    }

    /** The same, in other surroundings than this process's own. */
    static int run(Surroundings around, PrintWriter err, String... arguments) {
        PrintWriter out = around.out();
        Main main = new Main();
        CommandLine command = new CommandLine(main)
                .addSubcommand(new CommandLine(new DemoCommand(out)).addSubcommand(new DemoServicesCommand(out)))
                .addSubcommand(new LogCommand(around))
                .addSubcommand(new OutcomeCommand(out))
                .addSubcommand(new StatusCommand(around))
                .addSubcommand(new ResolveCommand(around))
                .addSubcommand(new VerifyCommand(around))
                .addSubcommand(SimulateCommand.line(out))
                .addSubcommand(new HelpCommand())
                .addSubcommand(new HaltOrderCommand())
                .addSubcommand(new DemoShopCommand())
                .addSubcommand(new DemoServiceCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::refuse)
                .setExecutionStrategy(main::execute)
                .setExecutionExceptionHandler(Main::complain);
        return command.execute(arguments);
    }

    private int execute(ParseResult arguments) {
        if (debug) {
            System.setProperty(LOG_LEVEL, "debug");
        }
        return new CommandLine.RunLast().execute(arguments);
    }

    private static int refuse(ParameterException refusal, String... arguments) {
        CommandLine command = refusal.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String suggestion = refusal instanceof UnmatchedArgumentException unmatched
                ? Suggestion.nearest(unmatched.getUnmatched().get(0), unmatched.getSuggestions())
                        .map(meant -> "; did you mean " + meant + "?")
                        .orElse("")
                : "";
        command.getErr()
                .println(name + ": " + Text.firstLine(String.valueOf(refusal.getMessage())) + suggestion + " (see "
                        + name + " --help)");
        return Complaint.WRONG_INPUT;
    }

    private static int complain(Exception failure, CommandLine command, ParseResult arguments) {
        Complaint complaint = Complaints.of(failure);
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + complaint.getMessage());
        // Made here, after --debug has set its level; else it says nothing.
        LoggerFactory.getLogger(Main.class).debug("This is where it came from", failure);
        return complaint.exitCode();
    }

    /** As the jar's manifest says. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                    .orElse("built from source");
            return new String[] {"avow " + version};
        }
    }
}
