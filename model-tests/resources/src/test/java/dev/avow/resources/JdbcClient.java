package dev.avow.resources;

import dev.avow.engine.Transaction;
import dev.avow.jta.AvowTransactionManager;
import dev.avow.xa.XaParticipant;
import dev.avow.xa.kit.JdbcTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A database. */
record JdbcClient(JdbcTarget target) implements Client {
    @Override
    public Member member(String name, Taps taps) {
        return new JdbcMember(XaParticipant.of(name, taps.over(target.source())));
    }

    @Override
    public void register(AvowTransactionManager.Builder builder, String name, Taps taps) {
        builder.database(name, taps.over(target.source()));
    }

    @Override
    public JtaMember in(AvowTransactionManager manager, String name, Taps taps) {
        DataSource source = manager.dataSource(name);
        return new JtaMember() {
            @Override
            public Runnable write(String marker) throws SQLException {
                return run(JdbcTarget.WRITE, marker);
            }

            @Override
            public Runnable read() throws SQLException {
                return run(JdbcTarget.COUNT, "nobody writes this");
            }

            @Override
            public void failUnseen() {
                try {
                    run("SELECT nothing FROM nowhere WHERE nothing = ?", "");
                } catch (SQLException swallowed) {
                    // As applications do.
                }
            }

            /** Closed at once: the transaction goes on all the same. */
            private Runnable run(String sql, String marker) throws SQLException {
                try (Connection connection = source.getConnection();
                        PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setString(1, marker);
                    statement.execute();
                }
                return () -> {};
            }
        };
    }

    private record JdbcMember(XaParticipant participant) implements Member {
        @Override
        public void write(Transaction transaction, String marker) throws SQLException {
            run(transaction, JdbcTarget.WRITE, marker);
        }

        @Override
        public void read(Transaction transaction) throws SQLException {
            run(transaction, JdbcTarget.COUNT, "nobody writes this");
        }

        private void run(Transaction transaction, String sql, String marker) throws SQLException {
            try (PreparedStatement statement =
                    participant.connection(transaction).prepareStatement(sql)) {
                statement.setString(1, marker);
                statement.execute();
            }
        }

        @Override
        public void close() {
            participant.close();
        }
    }
}
