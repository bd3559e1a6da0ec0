package dev.avow.protocol;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A world's state as a text: two worlds with the same key are the same state. */
final class WorldKey {
    private final SpecView view;
    private final boolean symmetric;

    /** @param symmetric whether worlds that differ only in their branches' numbers count as one */
    WorldKey(SpecView view, boolean symmetric) {
        this.view = view;
        this.symmetric = symmetric;
    }

    /** All that its future depends on: what the specification sees, and what only the code remembers. */
    String of(World world) {
        return joined(world, branch -> seen(world, branch) + remembered(world, branch));
    }

    /** What the specification sees of it. */
    String seen(World world) {
        return joined(world, branch -> seen(world, branch));
    }

    private String joined(World world, Function<Branch, String> ofBranch) {
        String[] branches = world.branches().stream().map(ofBranch).toArray(String[]::new);
        if (symmetric) {
            // No part of a state ties one branch to another, so sorting them is choosing one of the permutations.
            Arrays.sort(branches);
        }
        String coordinators = world.coordinators().stream()
                .map(coordinator -> coordinator.state().name())
                .collect(Collectors.joining(","));
        return coordinators + " " + world.log.recorded() + world.log.isEndPending() + world.log.opened() + " "
                + world.reply() + world.crashes() + " " + String.join(" ", branches);
    }

    private String seen(World world, Branch branch) {
        StringBuilder key = new StringBuilder();
        int number = branch.number();
        key.append(branch.state()).append(branch.disk()).append(branch.acted());
        bit(key, branch.holdsWork());
        bit(key, world.log.participants().contains(number));
        bit(key, world.isReported(number));
        for (Message message : view.messagesOf(number)) {
            bit(key, world.wasSent(message));
        }
        Coordinator first = world.coordinator(1);
        if (first.is(CoordinatorState.PREPARING)) {
            votes(key, first, number);
        }
        for (Coordinator coordinator : world.coordinators()) {
            bit(
                    key,
                    coordinator.is(CoordinatorState.COMMITTING)
                            && coordinator.acks().contains(number));
        }
        return key.toString();
    }

    private static String remembered(World world, Branch branch) {
        StringBuilder key = new StringBuilder();
        int number = branch.number();
        key.append(branch.participant().state()).append(branch.records()).append(branch.pending());
        bit(key, branch.hasDecidedAlone());
        for (Coordinator coordinator : world.coordinators()) {
            votes(key, coordinator, number);
            bit(key, coordinator.committing().contains(number));
            bit(key, coordinator.acks().contains(number));
            bit(key, coordinator.reported().contains(number));
        }
        return key.toString();
    }

    private static void votes(StringBuilder key, Coordinator coordinator, int number) {
        bit(key, coordinator.yes().contains(number));
        bit(key, coordinator.readOnly().contains(number));
        bit(key, coordinator.no().contains(number));
    }

    private static void bit(StringBuilder key, boolean set) {
        key.append(set ? '1' : '0');
    }
}
