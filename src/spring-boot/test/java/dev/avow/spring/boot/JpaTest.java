package dev.avow.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.annotation.Transactional;

/** Spring Boot's own Jakarta Persistence, on the primary database, beside SQL on the other. */
final class JpaTest {
    @TempDir
    private Path folder;

    /** Objects in orders and in payments what Shop writes there. */
    @Import(Objects.class)
    public static class JpaShop extends Shop {}

    /** Its service. */
    public static class Objects {
        private final EntityManager entities;
        private final Shop.Orders orders;

        Objects(EntityManagerFactory entities, Shop.Orders orders) {
            this.entities = SharedEntityManagerCreator.createSharedEntityManager(entities);
            this.orders = orders;
        }

        @Transactional
        public void order(String name, Runnable rest) {
            entities.persist(new Entry("object of " + name));
            orders.order(name, rest);
        }
    }

    @Test
    void objects_and_rows_of_two_databases_are_one_transaction() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(JpaShop.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.config.location=classpath:shop.properties",
                        "--shop=" + folder.toAbsolutePath(),
                        "--spring.jpa.hibernate.ddl-auto=update",
                        "--spring.main.banner-mode=off",
                        "--spring.main.log-startup-info=false")) {
            Objects objects = context.getBean(Objects.class);
            Shop.Orders orders = context.getBean(Shop.Orders.class);
            objects.order("O1", () -> {});
            assertEquals("1 1", orders.found("O1"));
            assertEquals("1 0", orders.found("object of O1"));
            Runnable noStock = () -> {
                throw new IllegalArgumentException("no stock");
            };
            assertThrows(IllegalArgumentException.class, () -> objects.order("O2", noStock));
            assertEquals("0 0", orders.found("O2"));
            assertEquals("0 0", orders.found("object of O2"));
        }
    }
}
