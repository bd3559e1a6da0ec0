package dev.avow.xa;

/**
 * Opens connections over which a participant recovers its branches: lists those in doubt, and commits or rolls back one
 * whose own connection is lost. For what has no {@code XADataSource}, such as a message broker.
 */
@FunctionalInterface
public interface XaResourceFactory {
    /** A new session, which the participant closes. Its user must be allowed to recover (many brokers have a role for that). */
    XaSession open() throws Exception;
}
