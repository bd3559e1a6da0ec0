package dev.avow.xa;

/** Whose branch it is, for messages: participant and transaction. */
record Owner(AvowXid xid, String transaction) {
    @Override
    public String toString() {
        return "\"" + xid.participant() + "\" in " + transaction + " (" + xid.id() + ")";
    }
}
