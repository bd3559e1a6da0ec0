package dev.avow.grpc;

import io.grpc.Status;
import io.grpc.StatusException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many branches each client has open here: each holds locks, and a client that never ends one would stop all others. */
final class OpenLimit {
    private final int most;
    private final Refusals refusals;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    OpenLimit(int most, Refusals refusals) {
        this.most = most;
        this.refusals = refusals;
    }

    /** @throws IllegalStateException if the client has as many as it may */
    void enter(String client) {
        int now = open.merge(client, 1, Integer::sum);
        if (now > most) {
            leave(client);
            throw new IllegalStateException(refused(client));
        }
    }

    void leave(String client) {
        open.computeIfPresent(client, (unused, count) -> count == 1 ? null : count - 1);
    }

    /** @throws StatusException RESOURCE_EXHAUSTED if a new one would be refused */
    void requireRoom(String client) throws StatusException {
        if (open.getOrDefault(client, 0) >= most) {
            throw Status.RESOURCE_EXHAUSTED.withDescription(refused(client)).asException();
        }
    }

    private String refused(String client) {
        String what = "\"" + client + "\" has " + most + " branches open here that their coordinator hasn't ordered"
                + " anything for, as many as it may: let it end some, or see"
                + " ParticipantOptions.mostOpenBranchesPerClient";
        refusals.count(Refusals.Kind.TOO_MANY, "\"" + client + "\"", what);
        return what;
    }
}
