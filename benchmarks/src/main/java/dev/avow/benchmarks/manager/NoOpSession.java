package dev.avow.benchmarks.manager;

import dev.avow.xa.XaSession;
import javax.transaction.xa.XAResource;

/** For recovery, which finds nothing. */
final class NoOpSession implements XaSession {
    private final XAResource resource = new NoOpResource();

    @Override
    public XAResource resource() {
        return resource;
    }

    @Override
    public void close() {}
}
