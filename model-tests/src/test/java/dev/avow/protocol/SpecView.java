package dev.avow.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A world as the specification sees it: its variables, in the plain values of a SpecOracle. */
final class SpecView {
    private final WorldConfig config;
    private final List<String> names;
    /** Every message there can be, with its plain form. */
    private final Map<Message, Object> messages = new HashMap<>();

    SpecView(WorldConfig config) {
        this.config = config;
        this.names = IntStream.range(0, config.branches())
                .mapToObj(SpecView::participant)
                .toList();
        IntStream.range(0, config.branches())
                .forEach(branch -> Messages.of(branch).forEach(message -> messages.put(message, plain(message))));
    }

    /** The model value that stands for this branch. */
    static String participant(int branch) {
        return "p" + (branch + 1);
    }

    /** Every message of these, in a fixed order. */
    List<Message> messagesOf(int branch) {
        return Messages.of(branch);
    }

    Map<String, Object> of(World world) {
        Map<String, Object> state = new HashMap<>();
        state.put("coordinator", byIncarnation(incarnation -> camel(stateOf(world, incarnation))));
        state.put("votes", byBranch(branch -> vote(world.coordinator(1), branch)));
        state.put("acks", byIncarnation(incarnation -> acks(world, incarnation)));
        state.put("log", log(world.log));
        state.put("reported", participants(world.reported()));
        state.put("reply", world.reply().map(SpecView::camel).orElse("none"));
        state.put("participant", byBranch(branch -> camel(world.branch(branch).state())));
        state.put("disk", byBranch(branch -> camel(world.branch(branch).disk())));
        state.put("work", byBranch(branch -> world.branch(branch).holdsWork()));
        state.put("acted", byBranch(branch -> camel(world.branch(branch).acted())));
        state.put("messages", sent(world));
        state.put("crashes", world.crashes());
        return state;
    }

    private static CoordinatorState stateOf(World world, int incarnation) {
        return incarnation > world.coordinators().size()
                ? CoordinatorState.DOWN
                : world.coordinator(incarnation).state();
    }

    /** Counted only while votes are collected: the specification drops them with the decision. */
    private static Object vote(Coordinator first, int branch) {
        if (!first.is(CoordinatorState.PREPARING)) {
            return "none";
        }
        if (first.yes().contains(branch)) {
            return camel(Vote.YES);
        }
        if (first.readOnly().contains(branch)) {
            return camel(Vote.READ_ONLY);
        }
        return first.no().contains(branch) ? camel(Vote.NO) : "none";
    }

    /** Counted only while the commit is told. */
    private Set<Object> acks(World world, int incarnation) {
        return stateOf(world, incarnation) == CoordinatorState.COMMITTING
                ? participants(world.coordinator(incarnation).acks())
                : Set.of();
    }

    private Map<Object, Object> log(DecisionLog log) {
        return Map.of(
                "record", camel(log.recorded()),
                "participants", participants(log.participants()),
                "endPending", log.isEndPending(),
                "opened", log.opened());
    }

    private Set<Object> participants(BranchSet branches) {
        return branches.stream().mapToObj(names::get).collect(Collectors.toSet());
    }

    private Set<Object> sent(World world) {
        Set<Object> sent = new HashSet<>();
        for (Message message : world.messages()) {
            sent.add(messages.get(message));
        }
        return sent;
    }

    private interface OfNumber {
        Object at(int number);
    }

    private Map<Object, Object> byIncarnation(OfNumber value) {
        Map<Object, Object> function = new HashMap<>();
        for (int incarnation = 1; incarnation <= config.maxCrashes() + 1; incarnation++) {
            function.put(incarnation, value.at(incarnation));
        }
        return function;
    }

    private Map<Object, Object> byBranch(OfNumber value) {
        Map<Object, Object> function = new HashMap<>();
        for (int branch = 0; branch < names.size(); branch++) {
            function.put(names.get(branch), value.at(branch));
        }
        return function;
    }

    private Object plain(Message message) {
        String name = message.getClass().getSimpleName();
        Map<Object, Object> record = new HashMap<>();
        record.put("participant", names.get(message.branch()));
        if (message instanceof Message.VoteOf vote) {
            record.put("type", "vote");
            record.put("vote", camel(vote.vote()));
        } else {
            record.put("type", Character.toLowerCase(name.charAt(0)) + name.substring(1));
            if (message instanceof Message.Ended ended) {
                record.put("ending", camel(ended.ending()));
            } else if (message instanceof Message.PeerAnswer answer) {
                record.put("ending", camel(answer.ending()));
            }
        }
        return record;
    }

    /** {@code ONE_PHASE} becomes {@code onePhase}. */
    static String camel(Enum<?> constant) {
        StringBuilder camel = new StringBuilder();
        String name = constant.name();
        for (int at = 0; at < name.length(); at++) {
            if (name.charAt(at) != '_') {
                boolean begins = at > 0 && name.charAt(at - 1) == '_';
                camel.append(begins ? name.charAt(at) : Character.toLowerCase(name.charAt(at)));
            }
        }
        return camel.toString();
    }

    /** All messages of a branch, in a fixed order. */
    private static final class Messages {
        static List<Message> of(int branch) {
            List<Message> all = new ArrayList<>(List.of(
                    new Message.Prepare(branch),
                    new Message.Commit(branch),
                    new Message.Abort(branch),
                    new Message.Ack(branch),
                    new Message.Inquiry(branch),
                    new Message.OnePhase(branch),
                    new Message.Damage(branch),
                    new Message.Forget(branch),
                    new Message.PeerInquiry(branch),
                    new Message.PeerAnswer(branch, Ending.COMMITTED),
                    new Message.PeerAnswer(branch, Ending.ABORTED)));
            for (Vote vote : Vote.values()) {
                all.add(new Message.VoteOf(branch, vote));
            }
            for (Ending ending : Ending.values()) {
                all.add(new Message.Ended(branch, ending));
            }
            return all;
        }
    }
}
