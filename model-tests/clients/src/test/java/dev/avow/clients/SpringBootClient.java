package dev.avow.clients;

import dev.avow.engine.AvowOptions;
import dev.avow.jta.AvowTransactionManager;
import dev.avow.spring.boot.AvowCustomizer;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** An application of Spring Boot, whose databases are in its properties. */
final class SpringBootClient implements Client {
    /** Nothing of its own. */
    @Configuration
    @EnableAutoConfiguration
    public static class Application {}

    private final Databases databases;
    private final ConfigurableApplicationContext context;

    SpringBootClient(Path folder, AvowOptions options) throws Exception {
        databases = new Databases(folder);
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .initializers((GenericApplicationContext beans) ->
                        beans.registerBean(AvowCustomizer.class, () -> observing(options)))
                .run(
                        "--spring.main.banner-mode=off",
                        "--avow.log=" + folder.resolve("log"),
                        "--avow.databases.orders.url=" + databases.ordersUrl,
                        "--avow.databases.orders.username=sa",
                        "--avow.databases.payments.url=jdbc:derby:" + databases.paymentsPath,
                        "--avow.databases.payments.properties.database-name=" + databases.paymentsPath);
    }

    private static AvowCustomizer observing(AvowOptions options) {
        return new AvowCustomizer() {
            @Override
            public AvowOptions options(AvowOptions fromProperties) {
                return fromProperties.withObserver(options.observer());
            }
        };
    }

    @Override
    public AvowTransactionManager manager() {
        return context.getBean(AvowTransactionManager.class);
    }

    @Override
    public void order(String name, Runnable rest) {
        context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
            insert("orders", name);
            insert("payments", name);
            rest.run();
        });
    }

    private void insert(String database, String name) {
        SpringClient.insert(context.getBean(database + "DataSource", DataSource.class), name);
    }

    @Override
    public String found(String name) throws Exception {
        return databases.found(name);
    }

    @Override
    public void close() {
        context.close();
        databases.close();
    }
}
