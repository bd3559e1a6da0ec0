package dev.avow.grpc;

import java.util.regex.Pattern;

/** Where a coordinator or participant is reached: what others say of it decides which connections are opened here. */
final class Addresses {
    private static final int LONGEST = 255;
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(dns:///)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+]):[0-9]{1,5}");

    private Addresses() {}

    /** @throws IllegalArgumentException if it isn't a host and a port */
    static String required(String address) {
        if (address.length() > LONGEST || !HOST_AND_PORT.matcher(address).matches()) {
            throw new IllegalArgumentException("\"" + address.substring(0, Math.min(LONGEST, address.length()))
                    + "\" isn't an address: write it like shop.internal:7400 or [::1]:7400");
        }
        return address;
    }
}
