/** XA resources as participants, and the recovery of their branches. */
module dev.avow.xa {
    requires transitive dev.avow.engine;
    requires transitive java.sql;
    requires transitive java.transaction.xa;
    requires org.slf4j;

    exports dev.avow.xa;
}
