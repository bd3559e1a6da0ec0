package dev.avow.benchmarks.manager;

import java.util.Optional;
import java.util.stream.Stream;

/** How Avow is slowed on purpose, to show that a comparison finds it. */
public enum Slowed {
    /** Whatever the log forces, another file is forced for it, too. */
    EXTRA_FORCE,
    /** Each resource takes half a millisecond to prepare. */
    SLEEP_IN_PREPARE;

    /** System property: the one of them that a process is; none if it isn't set. */
    private static final String PROPERTY = "dev.avow.benchmarks.slowed";

    private static final Optional<Slowed> HERE = Optional.ofNullable(System.getProperty(PROPERTY))
            .flatMap(wanted -> Stream.of(values())
                    .filter(each -> each.name().equals(wanted))
                    .findFirst());

    boolean isHere() {
        return HERE.isPresent() && HERE.get() == this;
    }

    /** What a process is told that is to be slowed so. */
    public String argument() {
        return "-D" + PROPERTY + "=" + name();
    }
}
