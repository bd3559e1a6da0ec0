package dev.avow.protocol;

import dev.avow.trace.HistoryChecker;
import dev.avow.trace.TraceEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Histories as the traces that the engine would have left of them: the steps that its observers and participants see, by
 * their names, and what the caller was told. What a trace doesn't show, a force that is left out for example, shows only in
 * what follows from it.
 */
final class WorldTraces {
    private static final String ID = "000000000001-1-1";

    private WorldTraces() {}

    static boolean anyRefused(Path folder, WorldConfig config, List<Run> runs) {
        List<String> participants = IntStream.range(0, config.branches())
                .mapToObj(SpecView::participant)
                .toList();
        try (HistoryChecker checker =
                new HistoryChecker(Instance.made(folder, config, false).oracle(), participants)) {
            return runs.stream()
                    .filter(WorldTraces::isWhole)
                    .map(run -> trace(run, participants))
                    .distinct()
                    .anyMatch(checker::isRefused);
        }
    }

    /** A crash in the middle of a step has no name. */
    private static boolean isWhole(Run run) {
        return run.transcript().stream().map(World.Line::move).noneMatch(WorldTraces::isCut);
    }

    private static boolean isCut(Move move) {
        return (move instanceof Move.OfCoordinator step && step.isCut())
                || (move instanceof Move.OfParticipant participant && participant.isCut());
    }

    private static List<TraceEvent> trace(Run run, List<String> participants) {
        List<TraceEvent> trace = new ArrayList<>();
        trace.add(new TraceEvent(ID, TraceEvent.BEGIN, participants));
        run.transcript().forEach(line -> trace.add(event(line.move())));
        run.world().reply().ifPresent(ending -> trace.add(new TraceEvent(ID, TraceEvent.TOLD, List.of(ending.name()))));
        return trace;
    }

    /** The label's parameters without their names: {@code CoordinatorReceiveVote 1 p2 READ_ONLY}. */
    private static TraceEvent event(Move move) {
        // In the engine's trace a vote is Java's constant, of which only this one has two words.
        String label = SpecLabel.of(move).replace("v=readOnly", "v=READ_ONLY");
        int bracket = label.indexOf('(');
        return bracket < 0
                ? new TraceEvent(ID, label, List.of())
                : new TraceEvent(
                        ID,
                        label.substring(0, bracket),
                        List.of(label.substring(bracket + 1, label.length() - 1)
                                .replaceAll("\\w+=", "")
                                .split(", ", -1)));
    }
}
