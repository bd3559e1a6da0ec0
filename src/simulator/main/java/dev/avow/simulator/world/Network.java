package dev.avow.simulator.world;

import dev.avow.protocol.Message;
import dev.avow.simulator.Knob;
import dev.avow.simulator.Settings;
import dev.avow.simulator.Sight;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/** Loses, repeats, delays and so reorders messages, and can be cut in two. Each end is named by its lane. */
final class Network {
    /** One message of one transaction on its way. Its branch is the participant's number. */
    record Letter(int from, int to, Truth truth, Message message, long number) {}

    private static final long USUAL_DELAY = Agenda.MILLIS;
    private static final long LONG_DELAY = 200 * Agenda.MILLIS;
    private static final int LONG_DELAY_PERCENT = 5;

    private final Agenda agenda;
    private final SplittableRandom random;
    private final Recorder recorder;
    private final BiConsumer<Integer, Letter> delivery;
    private final long[] newestArrival;
    private int losses;
    private int repeats;
    private long sent;
    private int cut;
    private int lostToTheCut;

    Network(Agenda agenda, Dice dice, Settings settings, Recorder recorder, BiConsumer<Integer, Letter> delivery) {
        this.agenda = agenda;
        this.random = dice.network;
        this.recorder = recorder;
        this.delivery = delivery;
        this.losses = settings.get(Knob.LOSSES);
        this.repeats = settings.get(Knob.REPEATS);
        this.newestArrival = new long[recorder.lanes().size()];
    }

    void send(int from, int to, Truth truth, Message message) {
        Letter letter = new Letter(from, to, truth, message, ++sent);
        recorder.sent(from, to, truth, letter.number, message);
        if (isCut(from, to)) {
            lostToTheCut++;
            recorder.lost(from, to, truth, letter.number, "the network is cut");
        } else if (Dice.percent(random, losses)) {
            recorder.saw(Sight.MESSAGE_LOST);
            recorder.lost(from, to, truth, letter.number, "the network drops it");
        } else {
            deliverLater(letter);
            if (Dice.percent(random, repeats)) {
                recorder.saw(Sight.MESSAGE_REPEATED);
                deliverLater(letter);
            }
        }
    }

    private void deliverLater(Letter letter) {
        long bound = Dice.percent(random, LONG_DELAY_PERCENT) ? LONG_DELAY : USUAL_DELAY;
        agenda.after(1 + random.nextLong(bound), () -> deliver(letter));
    }

    private void deliver(Letter letter) {
        if (letter.number < newestArrival[letter.to]) {
            recorder.saw(Sight.MESSAGE_OVERTAKEN);
        }
        newestArrival[letter.to] = Math.max(newestArrival[letter.to], letter.number);
        delivery.accept(letter.to, letter);
    }

    boolean isCut(int from, int to) {
        return cut != 0 && ((cut >>> from ^ cut >>> to) & 1) != 0;
    }

    /** Cuts these lanes, a bit each, off from the others. */
    void cutOff(int lanes) {
        cut = lanes;
    }

    void heal() {
        if (cut != 0 && lostToTheCut > 0) {
            recorder.saw(Sight.PARTITION_HEALED);
        }
        cut = 0;
        lostToTheCut = 0;
    }

    /** From now on every message arrives, once. */
    void calm() {
        heal();
        losses = 0;
        repeats = 0;
    }
}
