package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Step.Arrival;
import dev.avow.cli.diagram.Step.Crash;
import dev.avow.cli.diagram.Step.Divider;
import dev.avow.cli.diagram.Step.Force;
import dev.avow.cli.diagram.Step.Local;
import dev.avow.cli.diagram.Step.Message;
import dev.avow.cli.diagram.Step.Restart;
import dev.avow.cli.diagram.Step.StateChange;
import dev.avow.cli.diagram.Step.Unforced;
import dev.avow.cli.diagram.Step.Verdict;
import dev.avow.cli.diagram.Step.Violation;
import java.util.ArrayList;
import java.util.List;

/** Runs to draw: the protocol's own stories, and one that asks for everything at once. */
final class Runs {

    private static final String C = "coordinator";
    private static final String ORDERS = "orders";
    private static final String PAYMENTS = "payments";

    private Runs() {}

    static Message sent(String from, String to, String label) {
        return new Message(from, to, label, Fate.DELIVERED);
    }

    static Diagram commit() {
        return new Diagram(
                "O001: two participants commit",
                List.of("caller", C, ORDERS, PAYMENTS),
                List.of(
                        sent("caller", C, "commit O001"),
                        sent(C, ORDERS, "prepare"),
                        sent(C, PAYMENTS, "prepare"),
                        new Force(ORDERS, "prepared record"),
                        new StateChange(ORDERS, "prepared"),
                        sent(ORDERS, C, "vote yes"),
                        new Force(PAYMENTS, "prepared record"),
                        new StateChange(PAYMENTS, "prepared"),
                        sent(PAYMENTS, C, "vote yes"),
                        new Force(C, "commit record"),
                        new StateChange(C, "committed"),
                        sent(C, "caller", "Committed"),
                        sent(C, ORDERS, "commit"),
                        sent(C, PAYMENTS, "commit"),
                        new Force(ORDERS, "commit"),
                        new StateChange(ORDERS, "committed"),
                        sent(ORDERS, C, "ack"),
                        new Force(PAYMENTS, "commit"),
                        new StateChange(PAYMENTS, "committed"),
                        sent(PAYMENTS, C, "ack"),
                        new Unforced(C, "end record"),
                        new Local(C, "forget O001"),
                        new Verdict("Both participants committed; nothing is left in the log.", true)));
    }

    static Diagram abort() {
        return new Diagram(
                "O002: one participant votes no",
                List.of(C, ORDERS, PAYMENTS),
                List.of(
                        sent(C, ORDERS, "prepare"),
                        sent(C, PAYMENTS, "prepare"),
                        new Force(ORDERS, "prepared record"),
                        new StateChange(ORDERS, "prepared"),
                        sent(ORDERS, C, "vote yes"),
                        new Local(PAYMENTS, "account 17 is short of 40 euros"),
                        new StateChange(PAYMENTS, "aborted"),
                        sent(PAYMENTS, C, "vote no"),
                        new StateChange(C, "aborted"),
                        new Message(C, ORDERS, "abort", Fate.LOST),
                        new Local(ORDERS, "inquiry timeout"),
                        sent(ORDERS, C, "inquiry"),
                        sent(C, ORDERS, "abort (no record means abort)"),
                        new StateChange(ORDERS, "aborted"),
                        new Verdict("Both aborted. Nothing was forced for the abort (PresumedAbort).", true)));
    }

    static Diagram recovery() {
        return new Diagram(
                "O003: the coordinator crashes after its commit record",
                List.of(C, ORDERS, PAYMENTS),
                List.of(
                        new Divider("Phase one"),
                        sent(C, ORDERS, "prepare"),
                        sent(C, PAYMENTS, "prepare"),
                        new Force(ORDERS, "prepared record"),
                        sent(ORDERS, C, "vote yes"),
                        new Force(PAYMENTS, "prepared record"),
                        sent(PAYMENTS, C, "vote yes"),
                        new Force(C, "commit record"),
                        sent(C, ORDERS, "commit"),
                        new Crash(C),
                        new StateChange(ORDERS, "committed"),
                        new Message(ORDERS, C, "ack", Fate.LOST),
                        new StateChange(PAYMENTS, "in doubt"),
                        new Message(PAYMENTS, C, "inquiry", Fate.LOST),
                        new Divider("Recovery"),
                        new Restart(C, "opens incarnation 2"),
                        new Local(C, "reads the commit record"),
                        new Message(C, ORDERS, "commit", Fate.REPEATED),
                        sent(C, PAYMENTS, "commit"),
                        sent(ORDERS, C, "ack"),
                        new Force(PAYMENTS, "commit"),
                        new StateChange(PAYMENTS, "committed"),
                        sent(PAYMENTS, C, "ack"),
                        new Local(C, "forget O003"),
                        new Verdict("The decision survived the crash (DecisionDurable).", true)));
    }

    /** 60 numbered steps on 6 lanes: long labels, losses, delays that cross, repetitions, crashes and a broken rule. */
    static Diagram faulty() {
        List<String> lanes =
                List.of("caller", C, ORDERS, PAYMENTS, "inventory-reservation-service-eu-west", "notifications");
        List<Step> steps = new ArrayList<>();
        steps.add(sent("caller", C, "commit O-2024-11-23/000184467 with four branches, deadline 30 s"));
        for (String lane : lanes.subList(2, 6)) {
            steps.add(sent(C, lane, "prepare"));
            steps.add(new Force(lane, "prepared record"));
            steps.add(new StateChange(lane, "prepared"));
            steps.add(new Message(lane, C, "vote yes", Fate.DELAYED));
        }
        for (int vote : List.of(12, 3 + 1, 9 - 1)) {
            steps.add(new Arrival(vote));
        }
        steps.add(new Arrival(16));
        steps.add(new Unforced(C, "commit record"));
        steps.add(new StateChange(C, "committed"));
        int first = steps.size();
        steps.add(new Message(C, ORDERS, "commit", Fate.DELAYED));
        steps.add(new Message(C, PAYMENTS, "commit", Fate.DELAYED));
        steps.add(new Message(C, lanes.get(4), "commit", Fate.LOST));
        steps.add(new Message(C, lanes.get(5), "commit", Fate.REPEATED));
        steps.add(new Arrival(first));
        steps.add(new StateChange(ORDERS, "committed"));
        steps.add(sent(ORDERS, C, "ack"));
        steps.add(new Crash(C));
        steps.add(new Message(lanes.get(5), C, "ack", Fate.LOST));
        steps.add(new Divider("The coordinator comes back without its unforced record"));
        steps.add(new Restart(C, "opens incarnation 2, finds no decision"));
        steps.add(new Message(PAYMENTS, C, "inquiry about O-2024-11-23/000184467: in doubt for 12 s", Fate.REPEATED));
        int inquiry = steps.size() - 1;
        steps.add(new StateChange(C, "aborted"));
        steps.add(sent(C, PAYMENTS, "abort: no record means abort, and this answer is long enough for three lines"));
        steps.add(new StateChange(PAYMENTS, "aborted"));
        steps.add(new Violation(
                "Agreement",
                PAYMENTS,
                "orders acted on commit at step 23, payments on abort: a decision was sent before"
                        + " its record was durable (DecisionDurable), and the crash took it back."));
        steps.add(new Arrival(first + 1));
        steps.add(new Arrival(inquiry));
        steps.add(new Crash(lanes.get(4)));
        steps.add(new Arrival(first + 3));
        for (int round = 1; round <= 5; round++) {
            steps.add(new Message(C, lanes.get(4), "abort, try " + round, Fate.LOST));
            steps.add(new Local(C, "waits " + (1 << round) + " s"));
            steps.add(sent("notifications", "caller", "still waiting"));
        }
        steps.add(new Restart(lanes.get(4), ""));
        steps.add(new Message(lanes.get(4), C, "inquiry", Fate.DELIVERED));
        steps.add(new Message(C, lanes.get(4), "abort", Fate.DELIVERED));
        steps.add(new StateChange(lanes.get(4), "aborted"));
        steps.add(new Message(C, C, "check timeout", Fate.DELIVERED));
        steps.add(new Message("notifications", "notifications", "check timeout", Fate.DELAYED));
        int own = steps.size() - 1;
        steps.add(new Message(lanes.get(4), C, "ack", Fate.DELAYED));
        steps.add(new Local(ORDERS, "an operator asks for a report"));
        steps.add(new Arrival(own));
        steps.add(sent(C, "caller", "HeuristicMixed"));
        steps.add(new Force("caller", "note"));
        steps.add(new Local("caller", "reads the runbook"));
        steps.add(new Local("caller", "tells the people on call"));
        steps.add(new Verdict("Agreement is broken: orders and notifications committed, payments aborted.", false));
        return new Diagram("Seed 4711: the commit record is not forced", lanes, steps);
    }

    static DiagramPage page() {
        return new DiagramPage(
                "Four runs of two-phase commit",
                "Each run is one transaction. Time goes down.\n\nLook for the line that breaks off: that process is down.",
                List.of(commit(), abort(), recovery(), faulty()));
    }
}
