package dev.avow.xa;

import javax.transaction.xa.XAException;

/** A resource's error, saying whose, at what, and what its code means. To a caller it is an {@link XAException}. */
final class XaFailure extends XAException {
    private static final long serialVersionUID = 1L;

    private final XaCode code;

    XaFailure(String participant, String call, Exception cause) {
        this(participant, call, Quirks.codeOf(cause), cause);
    }

    XaFailure(String participant, String call, XaCode code, Exception cause) {
        super("participant \"" + participant + "\", " + call + ": " + code + " (" + code.meaning() + "): " + cause);
        this.code = code;
        this.errorCode = cause instanceof XAException xa && code == XaCode.UNNAMED ? xa.errorCode : code.number();
        initCause(cause);
    }

    XaCode code() {
        return code;
    }

    XaCode.Sense sense() {
        return code.sense();
    }
}
