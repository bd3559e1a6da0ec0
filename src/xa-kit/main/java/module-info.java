/** Tests to point at an XA driver. */
module dev.avow.xa.kit {
    requires transitive java.sql;
    requires transitive java.transaction.xa;
    requires transitive org.junit.jupiter.api;

    exports dev.avow.xa.kit;
}
