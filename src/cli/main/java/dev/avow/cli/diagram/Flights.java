package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Step.Arrival;
import dev.avow.cli.diagram.Step.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages that travel over several rows, and a vertical track for each.
 *
 * <p>A slanted line from the sending to the arrival would cross every label between them. So a late message runs level
 * to a track close beside its receiver, down the track, and then in. Tracks of one receiver's side are shared out like
 * rooms: one that is free again is used again.
 */
final class Flights {

    /** Pixels from a lane to its nearest track, and from track to track. */
    private static final int FIRST_TRACK = 18;

    private static final int NEXT_TRACK = 8;

    private final Map<Integer, List<Flight>> bySending = new HashMap<>();
    private final Map<Integer, Flight> byArrival = new HashMap<>();

    /**
     * One message on its way.
     *
     * @param sent the index of the step that sent it
     * @param arrives the index of the step at which it arrives
     * @param laneX where its receiver's lane is
     * @param trackX where its track is
     */
    record Flight(int sent, int arrives, int laneX, int trackX) {
        /** The side of the receiver that the track is on: -1 left, 1 right. */
        int side() {
            return Integer.signum(trackX - laneX);
        }
    }

    Flights(Diagram diagram, Geometry geometry) {
        Map<Integer, List<Integer>> lastUse = new HashMap<>();
        Map<Integer, List<Integer>> arrivals = arrivals(diagram);
        int tracks = Math.max(1, (geometry.spacing() / 2 - FIRST_TRACK) / NEXT_TRACK);
        for (int sent = 0; sent < diagram.steps().size(); sent++) {
            if (diagram.steps().get(sent) instanceof Message message) {
                int side = geometry.arrivalSide(message);
                int laneX = geometry.x(message.to());
                for (int arrives : arrivals.getOrDefault(sent, List.of())) {
                    List<Integer> uses = lastUse.computeIfAbsent(laneX + side, unused -> new ArrayList<>());
                    int track = book(uses, sent, arrives) % tracks;
                    int trackX = laneX + side * (FIRST_TRACK + track * NEXT_TRACK);
                    Flight flight = new Flight(sent, arrives, laneX, trackX);
                    bySending.computeIfAbsent(sent, unused -> new ArrayList<>()).add(flight);
                    byArrival.put(arrives, flight);
                }
            }
        }
    }

    /** The later arrivals of the message sent at {@code index}, in order. */
    List<Flight> sentAt(int index) {
        return List.copyOf(bySending.getOrDefault(index, List.of()));
    }

    /** The flight that ends at {@code index}, where the diagram has an {@link Arrival}. */
    Flight arrivingAt(int index) {
        Flight flight = byArrival.get(index);
        if (flight == null) {
            throw new IllegalArgumentException("nothing arrives at step index " + index);
        }
        return flight;
    }

    /** The outermost track in use on its side of the receiver when {@code flight} arrives: labels go beyond it. */
    int outermostAt(Flight flight) {
        int farthest = byArrival.values().stream()
                .filter(other -> other.laneX() == flight.laneX() && other.side() == flight.side())
                .filter(other -> other.sent() <= flight.arrives() && other.arrives() >= flight.arrives())
                .mapToInt(other -> Math.abs(other.trackX() - other.laneX()))
                .max()
                .orElse(0);
        return flight.laneX() + flight.side() * farthest;
    }

    private static Map<Integer, List<Integer>> arrivals(Diagram diagram) {
        Map<Integer, List<Integer>> arrivals = new HashMap<>();
        for (int index = 0; index < diagram.steps().size(); index++) {
            if (diagram.steps().get(index) instanceof Arrival arrival) {
                arrivals.computeIfAbsent(arrival.message(), unused -> new ArrayList<>())
                        .add(index);
            }
        }
        return arrivals;
    }

    /** The first track that is free when the flight starts, taken until it ends. */
    private static int book(List<Integer> lastUse, int sent, int arrives) {
        for (int track = 0; track < lastUse.size(); track++) {
            if (lastUse.get(track) < sent) {
                lastUse.set(track, arrives);
                return track;
            }
        }
        lastUse.add(arrives);
        return lastUse.size() - 1;
    }
}
