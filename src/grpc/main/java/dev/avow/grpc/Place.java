package dev.avow.grpc;

/**
 * Where somebody is reached, and who answers there.
 *
 * @param address as gRPC resolves it
 * @param identity the name in its certificate; of everybody in plain text {@link Identity#PLAIN_TEXT}
 */
record Place(String address, String identity) {}
