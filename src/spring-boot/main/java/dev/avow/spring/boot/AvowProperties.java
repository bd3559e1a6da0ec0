package dev.avow.spring.boot;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties that begin with {@code avow}.
 *
 * @param log the folder of the coordinator's log
 * @param timeout how long a transaction may take that says nothing else
 * @param primary the database whose data source is the primary one; may be empty
 * @param databases what takes part, by the name that recovery finds its branches by: keep it the same for ever
 * @param health when the application's health tells of it
 */
@ConfigurationProperties(prefix = "avow", ignoreUnknownFields = false)
record AvowProperties(
        @DefaultValue("") String log,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("") String primary,
        @DefaultValue Map<String, Database> databases,
        @DefaultValue Health health) {

    /**
     * One database.
     *
     * @param url as JDBC has it; tells the driver, too
     * @param username empty for none
     * @param password empty for none
     * @param xaDataSourceClassName the driver's XADataSource, where the URL doesn't tell it
     * @param properties further ones of that class
     */
    record Database(
            @DefaultValue("") String url,
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue("") String xaDataSourceClassName,
            @DefaultValue Map<String, String> properties) {}

    /**
     * What is healthy.
     *
     * @param pendingFor for how long a participant may wait to be told
     */
    record Health(@DefaultValue("1m") Duration pendingFor) {}
}
