package dev.avow.spring.boot;

import dev.avow.jta.AvowTransactionManager;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * One data source for each database of the properties, qualified by its name, and gone before the transaction manager. The
 * bean isn't called so: applications have beans called {@code orders} themselves.
 */
final class DataSourceBeans implements ImportBeanDefinitionRegistrar {
    private final Environment environment;
    private final BeanFactory beans;

    DataSourceBeans(Environment environment, BeanFactory beans) {
        this.environment = environment;
        this.beans = beans;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata on, BeanDefinitionRegistry registry) {
        AvowProperties properties = Binder.get(environment).bindOrCreate("avow", AvowProperties.class);
        Map<String, AvowProperties.Database> databases = properties.databases();
        if (!properties.primary().isEmpty() && !databases.containsKey(properties.primary())) {
            throw new InvalidConfigurationPropertyValueException(
                    "avow.primary", properties.primary(), "it is none of avow.databases: " + databases.keySet());
        }
        for (String name : databases.keySet()) {
            registry.registerBeanDefinition(name + "DataSource", definition(name, name.equals(properties.primary())));
        }
    }

    private RootBeanDefinition definition(String name, boolean primary) {
        RootBeanDefinition definition = new RootBeanDefinition(
                DataSource.class,
                () -> beans.getBean(AvowTransactionManager.class).dataSource(name));
        definition.setDependsOn(AvowAutoConfiguration.MANAGER);
        definition.setPrimary(primary);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        return definition;
    }
}
