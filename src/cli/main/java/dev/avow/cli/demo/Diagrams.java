package dev.avow.cli.demo;

import dev.avow.cli.diagram.Diagram;
import dev.avow.cli.diagram.DiagramFile;
import dev.avow.cli.diagram.DiagramPage;
import dev.avow.cli.diagram.Step;
import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Complaints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the message sequences of a run are drawn. */
public final class Diagrams {
    private static final String INTRO = "Drawn from the steps that were observed while the demo ran. Time goes down. "
            + "A filled mark is a write that is on disk when the step is over.";

    private final Path file;
    private final boolean severalAllowed;

    private Diagrams(Path file, boolean severalAllowed) {
        this.file = file;
        this.severalAllowed = severalAllowed;
    }

    /** Checks the file's name and folder before anything is done that would have to be drawn there. */
    public static Diagrams to(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        boolean html = name.endsWith(".html") || name.endsWith(".htm");
        if (!html && !name.endsWith(".svg")) {
            throw Complaint.wrongInput("--diagram " + file + ": let the name end with .svg or .html");
        }
        if (Files.isDirectory(file)) {
            throw Complaint.wrongInput("--diagram " + file + " is a folder: name a file in it");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw Complaint.wrongInput("--diagram " + file + ": its folder doesn't exist");
        }
        if (!isWritable(folder)) {
            throw Complaint.wrongInput(
                    "--diagram " + file + ": its folder can't be written to; name a file in another one");
        }
        return new Diagrams(file, html);
    }

    /** Checks a place that nobody has named, before anything is done that would have to be drawn there. */
    public static void requireWritable(Path folder) {
        if (!isWritable(folder)) {
            throw Complaint.wrongInput(
                    "the working folder " + folder.toAbsolutePath().normalize()
                            + " can't be written to, and a broken rule would be drawn there:"
                            + " choose another place with --diagram FILE");
        }
    }

    /** Tries it: permissions alone don't tell, neither of a read-only file system nor to root. */
    private static boolean isWritable(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, ".avow-", ".tmp"));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    public void write(String title, List<Diagram> diagrams) {
        try {
            DiagramFile.write(
                    file,
                    severalAllowed
                            ? new DiagramPage(title, INTRO, diagrams)
                            : DiagramPage.of(oneBelowTheOther(title, diagrams)));
        } catch (IOException failure) {
            throw Complaint.failed("the diagram " + file + " can't be written: " + Complaints.reason(failure), failure);
        }
    }

    public Path file() {
        return file;
    }

    private static Diagram oneBelowTheOther(String title, List<Diagram> diagrams) {
        List<Step> steps = new ArrayList<>();
        for (Diagram diagram : diagrams) {
            steps.add(new Step.Divider(diagram.title()));
            steps.addAll(diagram.steps());
        }
        return new Diagram(title, diagrams.get(0).lanes(), steps);
    }
}
