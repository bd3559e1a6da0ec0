package dev.avow.xa;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;

/** A connection to a database of some product, which answers some queries and refuses the others. */
final class Answering {
    private Answering() {}

    static Connection connection(String product, Map<String, String> answers) {
        DatabaseMetaData about = stub(DatabaseMetaData.class, (method, arguments) -> switch (method) {
            case "getDatabaseProductName" -> product;
            case "getURL" -> "jdbc:some:where";
            default -> "somebody";
        });
        Statement statement = stub(
                Statement.class,
                (method, arguments) ->
                        method.equals("executeQuery") ? result(answer(answers, String.valueOf(arguments[0]))) : "");
        return stub(Connection.class, (method, arguments) -> method.equals("getMetaData") ? about : statement);
    }

    /** A session of it that settles branches as the resource says. */
    static XAConnection xaConnection(Connection connection, XAResource resource) {
        return stub(XAConnection.class, (method, arguments) -> switch (method) {
            case "getConnection" -> connection;
            case "getXAResource" -> resource;
            default -> "";
        });
    }

    private static String answer(Map<String, String> answers, String query) throws SQLException {
        for (Map.Entry<String, String> each : answers.entrySet()) {
            if (query.contains(each.getKey())) {
                return each.getValue();
            }
        }
        throw new SQLException("unexpected: " + query);
    }

    private static ResultSet result(String value) {
        AtomicBoolean first = new AtomicBoolean(true);
        return stub(
                ResultSet.class,
                (method, arguments) -> method.equals("next") ? (Object) first.getAndSet(false) : value);
    }

    @FunctionalInterface
    private interface Answers {
        Object to(String method, Object[] arguments) throws SQLException;
    }

    private static <T> T stub(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                Answering.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
    }
}
