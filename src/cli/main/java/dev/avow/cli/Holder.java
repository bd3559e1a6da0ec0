package dev.avow.cli;

import dev.avow.engine.CoordinatorStatus;
import java.util.Optional;

/**
 * Who has a log open, as far as that shows without touching its lock.
 *
 * @param process who opened it last
 * @param state whether that one has it open
 */
record Holder(long process, State state) {
    enum State {
        OPEN,
        /** The process runs; whether it still has the log open doesn't show. */
        RUNNING,
        GONE
    }

    static Holder of(long process, int incarnation, Optional<CoordinatorStatus> status) {
        boolean runs = ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent();
        boolean says = status.filter(written -> written.process() == process && written.incarnation() == incarnation)
                .isPresent();
        return new Holder(process, !runs ? State.GONE : says ? State.OPEN : State.RUNNING);
    }

    String words() {
        return switch (state) {
            case OPEN -> "open in process " + process;
            case RUNNING -> "opened last by process " + process + ", which runs";
            case GONE -> "open nowhere here: process " + process + ", which opened it last, is gone";
        };
    }
}
