package dev.avow.clients;

import dev.avow.jta.AvowTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.jta.JtaTransactionManager;

/** Transactions by annotation. */
@Configuration
@EnableTransactionManagement(proxyTargetClass = true)
public class SpringConfiguration {
    // readme: begin
    @Bean
    JtaTransactionManager transactionManager(AvowTransactionManager manager) {
        JtaTransactionManager spring = new JtaTransactionManager(manager, manager);
        spring.setTransactionSynchronizationRegistry(manager.synchronizationRegistry());
        return spring;
    }
    // readme: end
}
