package dev.avow.spring.boot;

import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** An application that writes into two databases and configures nothing itself. */
@Configuration
@EnableAutoConfiguration
@Import(Shop.Orders.class)
public class Shop {
    static final String TABLE = "CREATE TABLE IF NOT EXISTS entry(name VARCHAR(40))";

    /** The primary database's template is Spring Boot's own. */
    public static class Orders {
        private final JdbcTemplate orders;
        private final JdbcTemplate payments;

        Orders(JdbcTemplate orders, @Qualifier("payments") DataSource payments) {
            this.orders = orders;
            this.payments = new JdbcTemplate(payments);
            orders.execute(TABLE);
            this.payments.execute(TABLE);
        }

        @Transactional
        public void order(String name, Runnable rest) {
            orders.update("INSERT INTO entry VALUES (?)", name);
            payments.update("INSERT INTO entry VALUES (?)", name);
            rest.run();
        }

        public String found(String name) {
            return count(orders, name) + " " + count(payments, name);
        }

        private static int count(JdbcTemplate database, String name) {
            return database.queryForList("SELECT name FROM entry WHERE name = ?", name)
                    .size();
        }
    }
}
