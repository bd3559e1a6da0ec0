package dev.avow.cli.demo;

import dev.avow.cli.diagram.Diagram;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The demo: what it does, then what both databases hold, read without Avow. */
public final class Demo {
    private static final int MOST_ROWS = 20;

    private final DemoFolder folder;
    private final Optional<Diagrams> diagrams;
    private final PrintWriter out;

    public Demo(DemoFolder folder, Optional<Diagrams> diagrams, PrintWriter out) {
        this.folder = folder;
        this.diagrams = diagrams;
        this.out = out;
    }

    /** Runs the four stories; says whether all of it held. */
    public boolean tellStories() throws SQLException, InterruptedException {
        out.println("One order and its payment, in two databases: both or neither. Folder: " + folder.path());
        out.println();
        Scenarios scenarios = new Scenarios(folder, out);
        boolean asTold = scenarios.run();
        return closing(Scenarios.orders(), scenarios.diagrams()) && asTold;
    }

    /** Commits these orders one by one; says whether all of it held. */
    public boolean commit(Batch batch) throws SQLException, InterruptedException {
        boolean ended = batch.commit(folder, diagrams.isPresent(), out);
        return closing(List.of(), batch.diagrams()) && ended;
    }

    private boolean closing(List<Order> asked, List<Diagram> drawn) throws SQLException {
        Books books = Books.read(folder);
        out.println("What the two databases hold, read by plain JDBC:");
        books.lines(asked, MOST_ROWS).forEach(out::println);
        books.verdict().forEach(out::println);
        if (diagrams.isPresent() && !drawn.isEmpty()) {
            diagrams.get().write("Avow demo", drawn);
            out.println("Message sequences: " + diagrams.get().file());
        }
        out.println(
                "Look for yourself, with any H2 2 client: " + folder.orders().plainUrl() + " and "
                        + folder.payments().plainUrl() + ", user " + Database.USER + ", empty password.");
        return books.areSound();
    }
}
