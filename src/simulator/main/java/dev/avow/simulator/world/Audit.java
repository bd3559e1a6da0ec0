package dev.avow.simulator.world;

import dev.avow.engine.TransactionId;
import dev.avow.simulator.Rule;
import java.util.Collection;
import java.util.Optional;

/** Looks at everything once the world has come to rest. (Termination) */
final class Audit {
    private final World world;

    Audit(World world) {
        this.world = world;
    }

    void requireSettled() {
        for (ParticipantNode node : world.participants()) {
            requireSettled(node);
        }
        for (CoordinatorNode node : world.coordinators()) {
            requireSettled(node);
        }
        for (Truth truth : world.truths()) {
            String text = "the caller was never answered";
            world.judge.require(truth.reply.isPresent(), Rule.TERMINATION, truth.coordinator, truth, text);
        }
        if (world.judge.violation().isEmpty()) {
            reopen();
        }
    }

    private void requireSettled(ParticipantNode node) {
        if (!node.isUp()) {
            world.broken(Rule.TERMINATION, node.lane, "it never came back");
            return;
        }
        Collection<TransactionId> inDoubt = node.close();
        Optional<TransactionId> first = inDoubt.stream().findFirst();
        first.ifPresent(id -> world.judge.broken(
                Rule.TERMINATION, node.lane, Optional.of(world.truth(id)), "it never learns the decision"));
    }

    private void requireSettled(CoordinatorNode node) {
        if (node.newest().isEmpty()) {
            world.broken(Rule.TERMINATION, node.lane, "it never came back");
        } else if (node.close() > 0) {
            world.broken(Rule.TERMINATION, node.lane, "its log still holds an unfinished commit");
        }
    }

    /** What the participants' disks hold now is what they did. */
    private void reopen() {
        world.participants().forEach(ParticipantNode::open);
    }
}
