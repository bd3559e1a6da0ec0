package dev.avow.resources;

/** The resource managers that are tested. */
enum Kind {
    H2,
    DERBY,
    POSTGRESQL,
    ARTEMIS,
    /** With {@code -Pthorough}. */
    MARIADB
}
