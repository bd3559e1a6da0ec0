package dev.avow.spring.boot;

import dev.avow.spring.boot.AvowProperties.Database;
import java.util.HashMap;
import java.util.Map;
import javax.sql.XADataSource;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyNameAliases;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.util.ClassUtils;

/** A driver's XADataSource as the properties say. */
final class XaDataSources {
    private static final String CLASS = "xa-data-source-class-name";

    private final String prefix;
    private final Database database;

    private XaDataSources(String prefix, Database database) {
        this.prefix = prefix;
        this.database = database;
    }

    /** @throws InvalidConfigurationPropertyValueException if it can't be made, with the property's name */
    static XADataSource of(String name, Database database) {
        return new XaDataSources("avow.databases." + name + ".", database).create();
    }

    private XADataSource create() {
        XADataSource source = instantiate(className());
        // What the driver's class has no setter for, Derby's has none for the URL, stands among its own properties.
        bind(source, standard(), BindHandler.DEFAULT);
        try {
            bind(source, database.properties(), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
        } catch (BindException unknown) {
            throw invalid(
                    "properties",
                    database.properties().keySet(),
                    source.getClass().getName() + " doesn't take them: "
                            + String.valueOf(unknown.getCause() == null ? unknown : unknown.getCause()));
        }
        return source;
    }

    private String className() {
        if (!database.xaDataSourceClassName().isEmpty()) {
            return database.xaDataSourceClassName();
        }
        if (database.url().isEmpty()) {
            throw invalid("url", "", "give the database's JDBC URL, or its " + prefix + CLASS);
        }
        String known = DatabaseDriver.fromJdbcUrl(database.url()).getXaDataSourceClassName();
        if (known == null) {
            throw invalid(CLASS, "", "no XADataSource is known for " + database.url() + ": name the driver's");
        }
        return known;
    }

    private XADataSource instantiate(String className) {
        try {
            Class<?> type = ClassUtils.forName(className, XaDataSources.class.getClassLoader());
            return (XADataSource) BeanUtils.instantiateClass(type);
        } catch (ClassNotFoundException | LinkageError missing) {
            throw invalid(CLASS, className, "it isn't on the class path: add the driver");
        } catch (ClassCastException other) {
            throw invalid(CLASS, className, "it is no javax.sql.XADataSource");
        }
    }

    private Map<String, String> standard() {
        Map<String, String> given = new HashMap<>();
        given.put("url", database.url());
        given.put("user", database.username());
        given.put("password", database.password());
        given.values().removeIf(String::isEmpty);
        return given;
    }

    private static void bind(XADataSource source, Map<String, String> properties, BindHandler handler) {
        ConfigurationPropertyNameAliases aliases = new ConfigurationPropertyNameAliases("user", "username");
        new Binder(new MapConfigurationPropertySource(properties).withAliases(aliases))
                .bind(ConfigurationPropertyName.EMPTY, Bindable.ofInstance(source), handler);
    }

    private InvalidConfigurationPropertyValueException invalid(String property, Object value, String reason) {
        return new InvalidConfigurationPropertyValueException(prefix + property, value, reason);
    }
}
