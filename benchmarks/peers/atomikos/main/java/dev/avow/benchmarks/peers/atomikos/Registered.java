package dev.avow.benchmarks.peers.atomikos;

import com.atomikos.datasource.xa.XATransactionalResource;
import dev.avow.benchmarks.manager.NoOpResource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAResource;

/** One resource manager, of which each thread has an XAResource: Atomikos enlists none that it couldn't recover. */
final class Registered extends XATransactionalResource {
    private final Set<XAResource> resources = ConcurrentHashMap.newKeySet();

    Registered(String name) {
        super(name);
    }

    void add(XAResource resource) {
        resources.add(resource);
    }

    @Override
    public boolean usesXAResource(XAResource resource) {
        return resources.contains(resource);
    }

    /** For recovery, which finds nothing. */
    @Override
    protected XAResource refreshXAConnection() {
        return new NoOpResource();
    }
}
