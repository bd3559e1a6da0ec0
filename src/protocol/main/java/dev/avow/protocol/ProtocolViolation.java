package dev.avow.protocol;

/** A step was asked for that the protocol forbids in this state: a defect of the caller, never a consequence of a fault. */
public final class ProtocolViolation extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ProtocolViolation(Object step, Object state) {
        super("the protocol forbids the step " + step + " in " + state);
    }
}
