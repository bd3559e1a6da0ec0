package dev.avow.cli.demo.services;

import dev.avow.cli.demo.Sighting;
import dev.avow.cli.demo.Story;
import dev.avow.cli.diagram.Diagram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A transaction in the middle of which a process was killed or paused, and all that was seen of it. */
final class Hit {
    private static final String DECIDED = "CoordinatorDecideCommit";
    private static final String FORGOTTEN = "CoordinatorForget";

    private final List<Desk.Seen> seen;
    private final List<Happening> during;

    private Hit(List<Desk.Seen> seen, List<Happening> happenings) {
        this.seen = seen;
        long first = seen.get(0).micros();
        long last = seen.get(seen.size() - 1).micros();
        this.during = happenings.stream()
                .filter(happening -> happening.micros() > first && happening.micros() < last)
                .toList();
    }

    /** The one of which there is most to see, if any was hit. */
    static Optional<Hit> best(List<Desk.Seen> seen, List<Happening> happenings) {
        Map<String, List<Desk.Seen>> transactions = new LinkedHashMap<>();
        for (Desk.Seen each : seen) {
            transactions
                    .computeIfAbsent(each.sighting().transaction(), id -> new ArrayList<>())
                    .add(each);
        }
        return transactions.values().stream()
                .map(steps -> new Hit(steps, happenings))
                .filter(hit -> hit.worth() > 0)
                .max(Comparator.comparingInt(Hit::worth));
    }

    /** A decision that outlives a process is the most to see; what goes on for long, with many deaths, is too long. */
    private int worth() {
        if (during.isEmpty() || during.size() > 4) {
            return 0;
        }
        boolean survived = isCommitted()
                && during.stream()
                        .anyMatch(happening -> happening.what() == Happening.What.KILLED && isAfterDecision(happening));
        boolean shop = during.stream().anyMatch(happening -> happening.victim() == Victim.SHOP);
        return 1 + (survived ? 4 : 0) + (isCommitted() ? 2 : 0) + (shop ? 1 : 0);
    }

    private boolean isAfterDecision(Happening happening) {
        return seen.stream()
                .anyMatch(each -> each.sighting().action().equals(DECIDED) && each.micros() < happening.micros());
    }

    private boolean isCommitted() {
        return has(DECIDED) || has(FORGOTTEN);
    }

    private boolean has(String action) {
        return seen.stream().anyMatch(each -> each.sighting().action().equals(action));
    }

    String transaction() {
        return seen.get(0).sighting().transaction();
    }

    /** Its process by process, down the page. */
    Diagram draw(String name, boolean good) {
        record Moment(long micros, Sighting sighting) {}
        List<Moment> moments = new ArrayList<>();
        seen.forEach(each -> moments.add(new Moment(each.micros(), each.sighting())));
        during.forEach(happening -> moments.add(new Moment(happening.micros(), sighting(happening))));
        moments.sort(Comparator.comparingLong(Moment::micros));
        String verdict = isCommitted() ? "Both databases hold the order." : "Neither database holds anything of it.";
        return Story.of(name, moments.stream().map(Moment::sighting).toList(), verdict, good);
    }

    private Sighting sighting(Happening happening) {
        String who = happening.victim() == Victim.SHOP ? Sighting.SHOP : participant(happening.victim());
        String process = "the " + happening.victim() + " (process " + happening.pid() + ")";
        return switch (happening.what()) {
            case KILLED -> new Sighting(transaction(), Sighting.HALT, who, "SIGKILL: " + process + " is dead", "");
            case STARTED -> new Sighting(transaction(), Sighting.RESTART, who, process + " starts", "");
            case PAUSED ->
                new Sighting(transaction(), Sighting.PAUSE, who, "SIGSTOP: " + process + " stands still", "");
            case RESUMED ->
                new Sighting(transaction(), Sighting.RESUMPTION, who, "SIGCONT: " + process + " goes on", "");
        };
    }

    private static String participant(Victim victim) {
        return switch (victim) {
            case SHOP -> Sighting.SHOP;
            case ORDERS -> Part.ORDERS.participant();
            case PAYMENTS -> Part.PAYMENTS.participant();
        };
    }

    /** In the middle of what. */
    String words() {
        Happening first = during.get(0);
        return "the " + first.victim() + " was "
                + (first.what() == Happening.What.KILLED
                        ? "killed"
                        : first.what() == Happening.What.PAUSED ? "paused" : "away")
                + " in the middle of it";
    }
}
