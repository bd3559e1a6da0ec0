package dev.avow.resources;

import dev.avow.xa.kit.XaLink;
import dev.avow.xa.kit.XaTarget;
import java.util.Optional;

/** A resource manager as the kit sees it: one that can be killed. */
record KitTarget(Subject subject) implements XaTarget {
    @Override
    public String name() {
        return subject.direct().target().name();
    }

    @Override
    public XaLink open() throws Exception {
        return subject.direct().target().open();
    }

    @Override
    public int count(String marker) throws Exception {
        return subject.direct().target().count(marker);
    }

    @Override
    public Optional<XaTarget> elsewhere() {
        return subject.elsewhere();
    }

    @Override
    public boolean canBeKilled() {
        return true;
    }

    @Override
    public void kill() throws Exception {
        subject.kill();
    }

    @Override
    public void restart() throws Exception {
        subject.restart();
    }
}
