package dev.avow.benchmarks.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.benchmarks.Made;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {
    private static final Map<String, String> AVOW = Map.of("manager", "avow");

    @TempDir
    private Path folder;

    private record Ran(int code, String out, String err) {}

    private static Ran run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }

    private Path made(String name, double rate) throws IOException {
        return made(rate).in(folder.resolve(name));
    }

    private static Made made(double rate) {
        return new Made()
                .rate("DurableBenchmark.limitOneForce", 1, Map.of(), 5000, 5100, 4900)
                .rate("DurableBenchmark.transaction", 1, AVOW, rate, rate * 1.02, rate * 0.98);
    }

    @Test
    void nothing_lost_ends_with_0_and_a_loss_with_1() throws IOException {
        Path base = made("base.json", 4500);
        assertEquals(0, run("compare", base, made("same.json", 4480)).code());
        assertEquals(1, run("compare", base, made("slow.json", 2000)).code());
        assertEquals(
                0, run("compare", base, made("slow.json", 2000), "--loss", "60").code());
    }

    @Test
    void what_could_not_be_judged_ends_with_3() throws IOException {
        Path base = made(4500).on("EPYC").in(folder.resolve("base.json"));
        assertEquals(
                3,
                run("compare", base, made(2000).on("Xeon").in(folder.resolve("slow.json")))
                        .code());
        assertEquals(
                1,
                run("compare", base, made(2000).on("EPYC").in(folder.resolve("same.json")))
                        .code());
    }

    @Test
    void bad_input_ends_with_2_and_says_what_it_was() throws IOException {
        Path base = made("base.json", 4500);
        Ran missing = run("compare", base, folder.resolve("none.json"));
        assertEquals(2, missing.code());
        assertTrue(missing.err().contains("there is no file"), missing::err);
        Ran text = run("compare", base, Files.writeString(folder.resolve("text.json"), "text"));
        assertEquals(2, text.code());
        assertTrue(text.err().contains("no result of JMH"), text::err);
        assertEquals(2, run("compare", base).code());
        assertEquals(2, run("compare", base, base, "--loss", "100").code());
        assertEquals(2, run("compare", base, base, "--format", "pdf").code());
        assertEquals(2, run("page", folder.resolve("none.json")).code());
        assertEquals(2, run("run", "medium").code());
        assertEquals(2, run("run", "short", "--list", "--slowed", "A_LOT").code());
        assertEquals(2, run("run", "short", "--only", "nonsense").code());
        assertEquals(2, run().code());
    }

    @Test
    void a_comparison_goes_to_a_file_as_markdown_or_html() throws IOException {
        Path base = made("base.json", 4500);
        Path markdown = folder.resolve("new/summary.md");
        assertEquals(
                0,
                run("compare", base, base, "--format", "markdown", "--output", markdown)
                        .code());
        String written = Files.readString(markdown);
        assertTrue(written.contains("| Durable transaction, avow, 1 thread | 0.90 | 0.90 | +0.0 % |"), written);
        Ran html = run("compare", base, base, "--format", "html");
        assertTrue(html.out().startsWith("<!DOCTYPE html>"), html::out);
    }

    @Test
    void a_plan_is_listed() {
        Ran listed = run("run", "short", "--list");
        assertEquals(0, listed.code());
        assertTrue(listed.out().contains("Volatile transaction, avow-volatile, 2 threads"), listed::out);
    }

    @Test
    void a_page_shows_the_comparison_too() throws IOException {
        Path base = made("base.json", 4500);
        Ran page = run("page", made("slow.json", 2000), "--base", base);
        assertEquals(0, page.code());
        assertTrue(page.out().contains("slower: LOST"), page::out);
    }
}
