package dev.avow.jta;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;

/** A moment in a transaction's life, at which something is called. */
enum Place {
    NONE("none") {
        @Override
        void reach(AvowTransactionManager manager, Moment moment) {
            moment.now();
        }
    },
    ACTIVE("active") {
        @Override
        void reach(AvowTransactionManager manager, Moment moment) throws Exception {
            moment.begun(manager);
            moment.now();
        }
    },
    BEFORE_COMPLETION("before completion") {
        @Override
        void reach(AvowTransactionManager manager, Moment moment) throws Exception {
            moment.begun(manager).registerSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {
                    moment.now();
                }

                @Override
                public void afterCompletion(int status) {}
            });
            moment.ended(manager::commit);
        }
    },
    MARKED("marked") {
        @Override
        void reach(AvowTransactionManager manager, Moment moment) throws Exception {
            moment.begun(manager).setRollbackOnly();
            moment.now();
        }
    },
    TIMED_OUT("timed out") {
        @Override
        void reach(AvowTransactionManager manager, Moment moment) throws Exception {
            Transaction late = moment.begun(manager);
            long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (late.getStatus() != Status.STATUS_ROLLEDBACK) {
                if (System.nanoTime() > deadlineNanos) {
                    throw new IllegalStateException("not rolled back by its timeout");
                }
                Thread.onSpinWait();
            }
            moment.now();
        }
    },
    PREPARING("preparing") {
        @Override
        void reach(AvowTransactionManager manager, Moment moment) throws Exception {
            moment.duringCall(manager, "prepare", manager::commit);
        }
    },
    COMMITTING("committing") {
        @Override
        void reach(AvowTransactionManager manager, Moment moment) throws Exception {
            moment.duringCall(manager, "commit", manager::commit);
        }
    },
    ROLLING_BACK("rolling back") {
        @Override
        void reach(AvowTransactionManager manager, Moment moment) throws Exception {
            moment.duringCall(manager, "rollback", manager::rollback);
        }
    },
    AFTER_COMPLETION("after completion") {
        @Override
        void reach(AvowTransactionManager manager, Moment moment) throws Exception {
            moment.begun(manager).registerSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {}

                @Override
                public void afterCompletion(int status) {
                    moment.now();
                }
            });
            manager.commit();
        }
    },
    COMMITTED("committed") {
        @Override
        void reach(AvowTransactionManager manager, Moment moment) throws Exception {
            moment.begun(manager);
            manager.commit();
            moment.now();
        }
    },
    ROLLED_BACK("rolled back") {
        @Override
        void reach(AvowTransactionManager manager, Moment moment) throws Exception {
            moment.begun(manager);
            manager.rollback();
            moment.now();
        }
    },
    IN_DOUBT("in doubt") {
        @Override
        void reach(AvowTransactionManager manager, Moment moment) throws Exception {
            MockResource lost = new MockResource().failing("commit in one phase", XAException.XAER_RMFAIL);
            moment.begun(manager).enlistResource(lost);
            moment.ended(manager::commit);
            moment.now();
        }
    };

    /** Its column's head. */
    final String words;

    Place(String words) {
        this.words = words;
    }

    abstract void reach(AvowTransactionManager manager, Moment moment) throws Exception;

    /** Whether the timeout is what brings it there. */
    Duration timeout() {
        return this == TIMED_OUT ? Duration.ofMillis(20) : Duration.ofSeconds(60);
    }

    /** What was called there, and what came of it. */
    static final class Moment {
        @FunctionalInterface
        interface Call {
            Object on(Supplier<Transaction> transaction) throws Exception;
        }

        @FunctionalInterface
        interface End {
            void end() throws Exception;
        }

        private final Call call;
        private final CompletableFuture<Transaction> transaction = new CompletableFuture<>();
        private final CompletableFuture<String> result = new CompletableFuture<>();

        Moment(Call call) {
            this.call = call;
        }

        private Transaction begun(AvowTransactionManager manager) throws Exception {
            manager.begin();
            transaction.complete(manager.getTransaction());
            return manager.getTransaction();
        }

        private void duringCall(AvowTransactionManager manager, String name, End end) throws Exception {
            Transaction begun = begun(manager);
            begun.enlistResource(new MockResource().during(name, this::now));
            begun.enlistResource(new MockResource());
            ended(end);
        }

        /** However it ends: what is asked for was called before. */
        private void ended(End end) {
            try {
                end.end();
            } catch (Exception asTheCallHasIt) {
                // What was called may have had it rolled back.
            }
        }

        private void now() {
            result.complete(outcomeOf(() -> call.on(transaction::join)));
        }

        private static String outcomeOf(Callable<Object> what) {
            try {
                return String.valueOf(what.call());
            } catch (Exception thrown) {
                return thrown.getClass().getSimpleName().replace("Exception", "");
            }
        }

        String result() {
            return result.getNow("never called");
        }
    }
}
