package dev.avow.survival;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The children's class path, with an archive of what their classes look like once loaded. It halves the time that one
 * takes to start; it can be made of jars only, so that folders of classes are packed first.
 */
final class ChildClasses {
    private static final Path FOLDER = Path.of("target", "survival", "classes");
    private static final String ARCHIVE = "children.jsa";
    private static final long DEADLINE_SECONDS = 120;

    private final String jars;

    private ChildClasses(String jars) {
        this.jars = jars;
    }

    private static final class Once {
        static final ChildClasses PACKED = pack();
    }

    static ChildClasses packed() {
        return Once.PACKED;
    }

    List<String> options() {
        // Without the archive, whatever the reason, a child merely starts more slowly.
        return List.of(
                "-XX:SharedArchiveFile=" + FOLDER.resolve(ARCHIVE), "-Xshare:auto", "-Xlog:disable", "-cp", jars);
    }

    private static ChildClasses pack() {
        try {
            Databases.deleteAll(FOLDER);
            Files.createDirectories(FOLDER);
            List<String> jars = new ArrayList<>();
            for (String entry : classPath()) {
                Path path = Path.of(entry);
                if (Files.isDirectory(path)) {
                    Path jar = FOLDER.resolve(jars.size() + ".jar");
                    pack(path, jar);
                    jars.add(jar.toString());
                } else if (Files.exists(path)) {
                    jars.add(entry);
                }
            }
            ChildClasses packed = new ChildClasses(String.join(File.pathSeparator, jars));
            packed.archive();
            return packed;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (Exception failure) {
            throw new IllegalStateException("the children's classes couldn't be packed", failure);
        }
    }

    /** Inside Surefire, the usual property names a jar that only points to the others. */
    private static List<String> classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return List.of(path.split(File.pathSeparator));
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                out.putNextEntry(new JarEntry(name));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }

    /** By a child that works and recovers: it has loaded all that others will load. */
    private void archive() throws Exception {
        Place place = new H2Databases(FOLDER).fresh(FOLDER.resolve("run"));
        List<String> command = new ArrayList<>(List.of(
                Jvm.java(), "-XX:+UseSerialGC", "-XX:ArchiveClassesAtExit=" + FOLDER.resolve(ARCHIVE), "-cp", jars));
        command.add(Child.class.getName());
        command.addAll(Errand.work(place, Errand.TO_THE_END).words());
        command.addAll(Errand.recover(place).words());
        Process child = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("output").toFile())
                .start();
        if (!child.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || child.exitValue() != 0) {
            child.destroyForcibly();
            throw new IllegalStateException("a child failed: " + Files.readString(FOLDER.resolve("output")));
        }
    }
}
