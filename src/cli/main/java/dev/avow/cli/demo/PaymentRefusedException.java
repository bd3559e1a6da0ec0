package dev.avow.cli.demo;

/** The payment service refuses: its business, not a failure. */
public final class PaymentRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    PaymentRefusedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
