package dev.avow.cli.demo.services;

import dev.avow.cli.demo.Database;
import dev.avow.cli.demo.InDoubt;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.XADataSource;

/** The database of one service, and of no other. */
public interface ServiceDatabase {
    XADataSource xaDataSource();

    /** A plain connection, outside of any transaction of the shop's. */
    Connection connect() throws SQLException;

    /** How many branches it holds prepared and undecided. */
    long inDoubt(Connection connection) throws SQLException;

    /** An H2 database in one file. */
    static ServiceDatabase of(Database file) {
        return new ServiceDatabase() {
            @Override
            public XADataSource xaDataSource() {
                return file.xaDataSource();
            }

            @Override
            public Connection connect() throws SQLException {
                return file.connect();
            }

            @Override
            public long inDoubt(Connection connection) throws SQLException {
                return InDoubt.count(connection);
            }
        };
    }
}
