package dev.avow.spring.boot;

import dev.avow.engine.AvowOptions;
import dev.avow.jta.AvowTransactionManager;
import dev.avow.micrometer.AvowMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionManagerCustomizers;
import org.springframework.boot.autoconfigure.transaction.jta.JtaAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.jta.JtaTransactionManager;

/**
 * One transaction over the databases of the properties {@code avow.databases}, where there is one of these or a property
 * {@code avow.log}: the transaction manager, Spring's over it, and a data source for each database.
 */
@AutoConfiguration(
        before = {DataSourceAutoConfiguration.class, JtaAutoConfiguration.class, TransactionAutoConfiguration.class})
@Conditional(OnAvow.class)
@EnableConfigurationProperties(AvowProperties.class)
@Import(DataSourceBeans.class)
public class AvowAutoConfiguration {
    static final String MANAGER = "avowTransactionManager";

    private static final Logger LOG = LoggerFactory.getLogger(AvowAutoConfiguration.class);

    /** Spring closes it when everything is closed that depends on it. */
    @Bean(MANAGER)
    AvowTransactionManager avowTransactionManager(
            AvowProperties properties, ObjectProvider<AvowCustomizer> customizers) {
        List<AvowCustomizer> all = customizers.orderedStream().toList();
        AvowOptions options = AvowOptions.defaults().withWorkTimeout(properties.timeout());
        for (AvowCustomizer each : all) {
            options = each.options(options);
        }
        AvowTransactionManager.Builder builder =
                AvowTransactionManager.at(log(properties)).options(options);
        properties.databases().forEach((name, database) -> builder.database(name, XaDataSources.of(name, database)));
        all.forEach(each -> each.resources(builder));
        AvowTransactionManager manager = builder.open();
        LOG.info(
                "Transactions over {}, primary {}, with their log in {}",
                properties.databases().keySet(),
                properties.primary().isEmpty() ? "none (avow.primary)" : properties.primary(),
                properties.log());
        return manager;
    }

    private static Path log(AvowProperties properties) {
        if (properties.log().isBlank()) {
            throw new InvalidConfigurationPropertyValueException(
                    "avow.log",
                    properties.log(),
                    "name the folder of the coordinator's log, of this application alone");
        }
        return Path.of(properties.log());
    }

    @Bean
    TransactionSynchronizationRegistry avowSynchronizationRegistry(AvowTransactionManager manager) {
        return manager.synchronizationRegistry();
    }

    /** Under the name that Spring Boot looks for. */
    @Bean
    @ConditionalOnMissingBean(TransactionManager.class)
    JtaTransactionManager transactionManager(
            AvowTransactionManager manager, ObjectProvider<TransactionManagerCustomizers> customizers) {
        JtaTransactionManager spring = new JtaTransactionManager(manager, manager);
        spring.setTransactionSynchronizationRegistry(manager.synchronizationRegistry());
        customizers.ifAvailable(each -> each.customize(spring));
        return spring;
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({AvowMetrics.class, MeterRegistry.class})
    static class Meters {
        @Bean
        AvowCustomizer avowMetrics(ObjectProvider<MeterRegistry> registries, Environment environment) {
            return new AvowCustomizer() {
                @Override
                public AvowOptions options(AvowOptions options) {
                    MeterRegistry registry = registries.getIfUnique();
                    return registry == null
                            ? options
                            : new AvowMetrics(registry, environment.getProperty("spring.application.name", "avow"))
                                    .observing(options);
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    static class Healths {
        @Bean
        @ConditionalOnEnabledHealthIndicator("avow")
        AvowHealthIndicator avowHealthIndicator(AvowTransactionManager manager, AvowProperties properties) {
            return new AvowHealthIndicator(
                    manager.coordinator(), properties.health().pendingFor());
        }
    }
}
