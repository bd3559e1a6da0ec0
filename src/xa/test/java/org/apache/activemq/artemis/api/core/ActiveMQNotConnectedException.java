package org.apache.activemq.artemis.api.core;

/** Stands for Artemis's own, which isn't on the class path here: a quirk goes by its name. */
public final class ActiveMQNotConnectedException extends Exception {
    private static final long serialVersionUID = 1L;
}
