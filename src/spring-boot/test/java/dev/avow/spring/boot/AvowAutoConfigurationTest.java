package dev.avow.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.jta.AvowTransactionManager;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.jta.JtaTransactionManager;

/** An application that says nothing but its properties. */
final class AvowAutoConfigurationTest {
    @TempDir
    private Path folder;

    private ConfigurableApplicationContext run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.location=classpath:shop.properties",
                "--shop=" + folder.toAbsolutePath(),
                "--spring.autoconfigure.exclude=" + HibernateJpaAutoConfiguration.class.getName(),
                "--spring.main.banner-mode=off",
                "--spring.main.log-startup-info=false"));
        arguments.addAll(List.of(more));
        return new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new));
    }

    @Test
    void an_application_of_properties_alone_has_all_that_it_needs() {
        try (ConfigurableApplicationContext context = run("--spring.application.name=shop")) {
            hasAllTypes(context);
            commitsInBothOrInNone(context.getBean(Shop.Orders.class));
            isHealthyAndCounted(context);
        }
    }

    private static void hasAllTypes(ConfigurableApplicationContext context) {
        AvowTransactionManager manager = context.getBean(AvowTransactionManager.class);
        assertEquals(manager, context.getBean(TransactionManager.class));
        assertEquals(manager, context.getBean(UserTransaction.class));
        assertEquals(manager.synchronizationRegistry(), context.getBean(TransactionSynchronizationRegistry.class));
        assertInstanceOf(JtaTransactionManager.class, context.getBean(PlatformTransactionManager.class));
        assertEquals(
                Set.of("ordersDataSource", "paymentsDataSource"),
                context.getBeansOfType(DataSource.class).keySet());
    }

    private static void commitsInBothOrInNone(Shop.Orders orders) {
        orders.order("O1", () -> {});
        assertEquals("1 1", orders.found("O1"));
        Runnable noStock = () -> {
            throw new IllegalArgumentException("no stock");
        };
        assertThrows(IllegalArgumentException.class, () -> orders.order("O2", noStock));
        assertEquals("0 0", orders.found("O2"));
    }

    private static void isHealthyAndCounted(ConfigurableApplicationContext context) {
        Health health =
                context.getBean("avowHealthIndicator", HealthIndicator.class).health();
        assertEquals(Status.UP, health.getStatus());
        assertEquals(Map.of("pending", 0, "heuristics", 0), health.getDetails());
        assertEquals(
                1,
                context.getBean(MeterRegistry.class)
                        .get("avow.transactions")
                        .tag("coordinator", "shop")
                        .tag("outcome", "committed")
                        .timer()
                        .count());
    }

    @Test
    void the_manager_is_closed_with_the_application_and_its_log_can_be_opened_again() {
        AvowTransactionManager first;
        try (ConfigurableApplicationContext context = run()) {
            first = context.getBean(AvowTransactionManager.class);
        }
        assertThrows(Exception.class, first::begin);
        try (ConfigurableApplicationContext context = run()) {
            assertFalse(context.getBean(Shop.Orders.class).found("O1").isEmpty());
        }
    }

    @Test
    void without_a_log_nothing_is_configured() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(AvowAutoConfiguration.class)
                .web(WebApplicationType.NONE)
                .run("--spring.config.location=optional:classpath:none.properties", "--spring.main.banner-mode=off")) {
            assertTrue(context.getBeansOfType(AvowTransactionManager.class).isEmpty());
        }
    }

    @Test
    void what_is_wrong_is_said_with_the_propertys_name() {
        for (String wrong : List.of("avow.primary=stock", "avow.databases.orders.url=", "avow.log=")) {
            Throwable failure =
                    assertThrows(Exception.class, () -> run("--" + wrong).close());
            while (failure.getCause() != null) {
                failure = failure.getCause();
            }
            assertEquals(
                    wrong.substring(0, wrong.indexOf('=')),
                    assertInstanceOf(InvalidConfigurationPropertyValueException.class, failure)
                            .getName());
        }
    }

    @Test
    void what_is_misspelt_is_refused() {
        for (String misspelt : List.of("avow.databases.orders.pasword=x", "avow.logs=x", "avow.databse.orders.url=x")) {
            Throwable failure =
                    assertThrows(Exception.class, () -> run("--" + misspelt).close());
            while (failure.getCause() != null) {
                failure = failure.getCause();
            }
            assertInstanceOf(UnboundConfigurationPropertiesException.class, failure, misspelt);
        }
    }

    @Test
    void a_log_or_a_database_that_keeps_it_from_starting_is_analyzed() {
        String twice =
                "--avow.databases.payments.url=jdbc:h2:file:" + folder.toAbsolutePath() + "/orders;WRITE_DELAY=0";
        assertTrue(analysis(assertThrows(Exception.class, () -> run(twice).close()))
                .contains("are one database"));
        try (ConfigurableApplicationContext context = run()) {
            assertTrue(context.isActive());
            assertTrue(
                    analysis(assertThrows(Exception.class, () -> run().close())).contains("is open in this process"));
        }
        assertNull(new AvowFailureAnalyzer().analyze(new IllegalStateException("another's")));
    }

    private static String analysis(Exception failure) {
        return Objects.requireNonNull(new AvowFailureAnalyzer().analyze(failure))
                .getDescription();
    }
}
