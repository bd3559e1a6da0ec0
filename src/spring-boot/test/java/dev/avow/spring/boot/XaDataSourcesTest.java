package dev.avow.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.spring.boot.AvowProperties.Database;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** A driver's data source from its properties. */
final class XaDataSourcesTest {
    @Test
    void the_url_tells_the_driver_and_its_own_properties_are_set_too() {
        JdbcDataSource h2 = assertInstanceOf(
                JdbcDataSource.class,
                XaDataSources.of(
                        "orders", new Database("jdbc:h2:mem:", "sa", "secret", "", Map.of("login-timeout", "7"))));
        assertEquals("jdbc:h2:mem:", h2.getURL());
        assertEquals("sa", h2.getUser());
        assertEquals("secret", h2.getPassword());
        assertEquals(7, h2.getLoginTimeout());
    }

    @ParameterizedTest
    @CsvSource({
        "'',              '',               '',     url",
        "jdbc:unheard:of, '',               '',     xa-data-source-class-name",
        "'',              no.such.Driver,   '',     xa-data-source-class-name",
        "'',              java.lang.Object, '',     xa-data-source-class-name",
        "jdbc:h2:mem:,    '',               colour, properties"
    })
    void what_is_wrong_is_said_with_the_propertys_name(String url, String type, String unknown, String property) {
        Map<String, String> properties = unknown.isEmpty() ? Map.of() : Map.of(unknown, "red");
        InvalidConfigurationPropertyValueException told = assertThrows(
                InvalidConfigurationPropertyValueException.class,
                () -> XaDataSources.of("orders", new Database(url, "", "", type, properties)));
        assertEquals("avow.databases.orders." + property, told.getName());
        assertTrue(String.valueOf(told.getMessage()).contains(unknown));
    }
}
