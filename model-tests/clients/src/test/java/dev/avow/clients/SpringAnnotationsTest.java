package dev.avow.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.clients.SpringShop.NoStockException;
import dev.avow.clients.SpringShop.Notes;
import dev.avow.engine.AvowOptions;
import dev.avow.jta.AvowTransactionManager;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.transaction.UnexpectedRollbackException;

/** Spring's annotations, over proxies, on two databases. */
final class SpringAnnotationsTest {
    @TempDir
    private Path folder;

    private PlainClient databases;
    private AnnotationConfigApplicationContext context;
    private SpringShop shop;

    @BeforeEach
    void open() throws Exception {
        databases = new PlainClient(folder, AvowOptions.defaults());
        context = new AnnotationConfigApplicationContext();
        context.registerBean(AvowTransactionManager.class, databases::manager);
        context.register(SpringConfiguration.class, SpringShop.class, SpringShop.Audit.class, Notes.class);
        context.refresh();
        shop = context.getBean(SpringShop.class);
    }

    @AfterEach
    void close() {
        context.close();
        databases.close();
    }

    private List<String> notes() {
        return context.getBean(Notes.class).all();
    }

    @Test
    void a_method_commits_in_both_databases_and_its_listeners_hear_it_in_order() throws Exception {
        shop.order("O1");
        assertEquals("1 1", databases.found("O1"));
        assertEquals(List.of("before commit of O1", "commit of O1", "completion of O1"), notes());
    }

    @Test
    void a_runtime_exception_rolls_both_back() throws Exception {
        assertThrows(IllegalStateException.class, () -> shop.orderAndFail("O1", new IllegalStateException("no stock")));
        assertEquals("0 0", databases.found("O1"));
        assertEquals(List.of("rollback of O1", "completion of O1"), notes());
    }

    @Test
    void a_checked_exception_commits_unless_its_rule_says_otherwise() throws Exception {
        assertThrows(NoStockException.class, () -> shop.orderAndFail("O1", new NoStockException()));
        assertEquals("1 1", databases.found("O1"));
        assertThrows(NoStockException.class, () -> shop.orderOrRollBack("O2", new NoStockException()));
        assertEquals("0 0", databases.found("O2"));
        assertThrows(IllegalArgumentException.class, () -> shop.orderOrRollBack("O3", new IllegalArgumentException()));
        assertEquals("1 1", databases.found("O3"));
    }

    @Test
    void work_past_its_timeout_is_rolled_back_in_both_and_the_caller_hears_it() throws Exception {
        assertThrows(UnexpectedRollbackException.class, () -> shop.orderTooSlowly("O1"));
        assertEquals("0 0", databases.found("O1"));
        assertEquals(List.of("before commit of O1", "rollback of O1", "completion of O1"), notes());
        // The next one has the usual timeout again.
        shop.order("O2");
        assertEquals("1 1", databases.found("O2"));
    }

    @Test
    void a_new_transaction_inside_stays_when_the_outer_one_rolls_back() throws Exception {
        assertThrows(IllegalStateException.class, () -> shop.orderWithAudit("O1"));
        assertEquals("0 0", databases.found("O1"));
        assertEquals("1 1", databases.found("audit of O1"));
    }

    @Test
    void a_read_only_method_reads_what_was_committed() {
        shop.order("O1");
        assertEquals(2, shop.count("O1"));
        assertTrue(databases.manager().coordinator().pending().isEmpty());
    }
}
