package dev.avow.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A trace as a specification of its own, for plain TLC: TwoPhaseCommit, held to the trace event by event. TLC accepts the
 * trace by violating {@code NotAccepted}: it has found a behaviour that goes to the end.
 */
public final class TraceModule {
    public static final String NOT_ACCEPTED = "NotAccepted";

    private TraceModule() {}

    /** Writes the module and its model, {@code NAME.tla} and {@code NAME.cfg}, for a trace without kills. */
    public static void write(Path folder, String name, List<TraceEvent> trace) throws IOException {
        List<String> participants = trace.get(0).arguments();
        String steps = IntStream.range(1, trace.size())
                .mapToObj(index -> "    \\/ at = " + index + " /\\ at' = " + (index + 1) + " /\\ ("
                        + formula(trace.get(index)) + ")")
                .collect(Collectors.joining("\n"));
        String names = String.join(", ", participants);
        Files.writeString(folder.resolve(name + ".tla"), String.format("""
                        ---- MODULE %s ----
                        EXTENDS TwoPhaseCommit
                        CONSTANTS %s
                        VARIABLE at
                        TraceInit == Init /\\ at = 1
                        Hidden ==
                            \\/ LogFlush
                            \\/ CoordinatorSendOnePhase(1)
                            \\/ \\E p \\in Participant :
                                \\/ ParticipantPrepare(p)
                                \\/ ParticipantRefuse(p)
                                \\/ ParticipantReceiveCommit(p)
                                \\/ ParticipantReceiveAbort(p)
                                \\/ ParticipantFlush(p)
                                \\/ ParticipantInquire(p)
                        TraceNext ==
                            \\/ Hidden /\\ UNCHANGED at
                        %s
                        NotAccepted == at # %d
                        ====
                        """, name, names, steps, trace.size()));
        Files.writeString(
                folder.resolve(name + ".cfg"),
                "CONSTANTS\n"
                        + participants.stream()
                                .map(one -> one + " = " + one + "\n")
                                .collect(Collectors.joining())
                        + "Participant = {" + names + "}\nMaxCrashes = 0\nMayTakeOver = FALSE\nMayBeReadOnly = TRUE\n"
                        + "MayDecideAlone = FALSE\nMayAskPeers = FALSE\nINIT TraceInit\nNEXT TraceNext\nINVARIANT "
                        + NOT_ACCEPTED + "\n");
    }

    private static String formula(TraceEvent event) {
        return switch (event.what()) {
            case TraceEvent.TOLD -> "reply = \"" + SpecWords.camel(event.argument(0)) + "\" /\\ UNCHANGED vars";
            case TraceEvent.ABORTED ->
                "participant[" + event.argument(0) + "] \\in {\"aborted\", \"lost\", \"readOnly\"} /\\ disk["
                        + event.argument(0) + "] # \"committed\" /\\ UNCHANGED vars";
            default ->
                List.of(event.what().split("\\|", -1)).stream()
                        .map(action -> call(action, event.arguments()))
                        .collect(Collectors.joining(" \\/ "));
        };
    }

    private static String call(String action, List<String> arguments) {
        if (action.equals("CoordinatorSendOnePhase")) {
            // Seen after the message has left, and so perhaps after its answer.
            return "coordinator[1] # \"working\" /\\ UNCHANGED vars";
        }
        if (action.equals("CoordinatorReceiveVote") || action.equals("CoordinatorReceiveEnded")) {
            return action + "(" + arguments.get(0) + ", " + arguments.get(1) + ", \""
                    + SpecWords.camel(arguments.get(2)) + "\")";
        }
        return action + "(" + String.join(", ", arguments) + ")";
    }
}
