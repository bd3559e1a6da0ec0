package dev.avow.resources;

import dev.avow.xa.kit.XaConformance;
import dev.avow.xa.kit.XaTarget;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a resource manager must do, and what it may do. */
@ParameterizedClass
@MethodSource("dev.avow.resources.Subjects#all")
@ExtendWith(Subjects.class)
final class ConformanceTest extends XaConformance {
    private final Subject subject;

    ConformanceTest(Subject subject) {
        this.subject = subject;
    }

    @Override
    protected XaTarget target() {
        return new KitTarget(subject);
    }

    /** H2 gives every error of SQL as number 0. */
    @Override
    protected int codeOfUnknownBranch() {
        return subject.kind() == Kind.H2 ? 0 : super.codeOfUnknownBranch();
    }
}
