package dev.avow.resources;

import dev.avow.engine.Transaction;
import dev.avow.xa.XaParticipant;
import dev.avow.xa.kit.JdbcTarget;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A database. */
record JdbcClient(JdbcTarget target) implements Client {
    @Override
    public Member member(String name, Taps taps) {
        return new JdbcMember(XaParticipant.of(name, taps.over(target.source())));
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
