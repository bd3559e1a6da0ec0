package dev.avow.simulator.world;

import dev.avow.protocol.Message;
import dev.avow.simulator.Rule;
import dev.avow.simulator.Sight;
import dev.avow.simulator.TraceEntry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes down what happens: always as a hash and in numbers, in words only if someone will read them. */
final class Recorder {
    private final Agenda agenda;
    private final List<String> lanes;
    private final boolean inWords;
    private final List<TraceEntry> entries = new ArrayList<>();
    private final Map<Sight, Integer> sights = new EnumMap<>(Sight.class);
    private long hash = 0x2545F4914F6CDD1DL;
    private int crashes;

    Recorder(Agenda agenda, List<String> lanes, boolean inWords) {
        this.agenda = agenda;
        this.lanes = lanes;
        this.inWords = inWords;
    }

    List<String> lanes() {
        return lanes;
    }

    void saw(Sight sight) {
        sights.merge(sight, 1, Integer::sum);
    }

    void sent(int from, int to, Truth truth, long number, Message message) {
        mix(1, from, to, truth.number);
        mix(message.getClass().getName().hashCode());
        write(from, truth, () -> new TraceEntry.Sent(number, lanes.get(to), label(message)));
    }

    void arrived(int from, int to, Truth truth, long number, Message message) {
        mix(2, from, to, number);
        write(to, truth, () -> new TraceEntry.Arrived(number, lanes.get(from), label(message)));
    }

    void lost(int from, int to, Truth truth, long number, String why) {
        mix(3, from, to, number);
        write(from, truth, () -> new TraceEntry.Lost(number, lanes.get(to), why));
    }

    void stepped(int lane, Truth truth, Object step, String side, Enum<?> state) {
        mix(4, lane, truth.number, state.name().hashCode());
        mix(step.getClass().getName().hashCode());
        write(
                lane,
                truth,
                () -> new TraceEntry.Stepped(
                        side + step.getClass().getSimpleName(), state.name().toLowerCase(Locale.ROOT)));
    }

    void forced(int lane, Truth truth, String record) {
        mix(5, lane, truth.number, record.hashCode());
        write(lane, truth, () -> new TraceEntry.Forced(record));
    }

    void crashed(int lane, String how) {
        mix(6, lane, how.hashCode(), 0);
        write(lane, () -> new TraceEntry.Crashed(how));
    }

    void countCrash() {
        crashes++;
    }

    void restarted(int lane, String with) {
        mix(7, lane, with.hashCode(), 0);
        write(lane, () -> new TraceEntry.Restarted(with));
    }

    void noted(int lane, String text) {
        mix(8, lane, text.hashCode(), 0);
        write(lane, () -> new TraceEntry.Noted(text));
    }

    void noted(int lane, Truth truth, String text) {
        mix(9, lane, text.hashCode(), truth.number);
        write(lane, truth, () -> new TraceEntry.Noted(text));
    }

    void broken(int lane, Optional<Truth> truth, Rule rule, String text) {
        mix(10, lane, rule.name().hashCode(), text.hashCode());
        Supplier<TraceEntry.What> what = () -> new TraceEntry.Broken(rule, text);
        truth.ifPresentOrElse(one -> write(lane, one, what), () -> write(lane, what));
    }

    /** In the transcript only. */
    void begins(Supplier<String> phase) {
        write(0, () -> new TraceEntry.Phase(phase.get()));
    }

    private void write(int lane, Truth truth, Supplier<TraceEntry.What> what) {
        if (inWords) {
            entries.add(new TraceEntry(agenda.events(), agenda.now(), lanes.get(lane), truth.name, what.get()));
        }
    }

    private void write(int lane, Supplier<TraceEntry.What> what) {
        if (inWords) {
            entries.add(new TraceEntry(agenda.events(), agenda.now(), lanes.get(lane), "", what.get()));
        }
    }

    private void mix(long kind, long a, long b, long c) {
        mix(kind);
        mix(agenda.now());
        mix(a);
        mix(b);
        mix(c);
    }

    private void mix(long value) {
        hash = Long.rotateLeft(hash ^ value, 23) * 0x9E3779B97F4A7C15L;
    }

    private static String label(Message message) {
        if (message instanceof Message.VoteOf vote) {
            return "vote " + words(vote.vote());
        }
        return message instanceof Message.Ended ended
                ? "ended " + words(ended.ending())
                : message.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    List<TraceEntry> entries() {
        return entries;
    }

    long hash() {
        return hash;
    }

    int crashes() {
        return crashes;
    }

    Map<Sight, Integer> sights() {
        return sights;
    }
}
