package dev.avow.cli;

import dev.avow.cli.demo.DemoFolder;
import dev.avow.cli.demo.HaltPoint;
import dev.avow.cli.demo.HaltedOrder;
import dev.avow.cli.demo.Order;
import dev.avow.cli.terminal.Complaint;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo's child process: not for people. */
@Command(name = "halt-order", hidden = true, description = "Places an order and halts in the middle of it.")
final class HaltOrderCommand implements Callable<Integer> {
    @Option(names = "--dir", required = true)
    private Path folder = Path.of("");

    @Option(names = "--order", required = true)
    private String order = "";

    @Option(names = "--customer", required = true)
    private String customer = "";

    @Option(names = "--amount", required = true)
    private String amount = "";

    @Option(names = "--at", required = true)
    private HaltPoint point = HaltPoint.AFTER_VOTES;

    @Override
    public Integer call() throws Exception {
        HaltedOrder.place(DemoFolder.at(folder), Order.of(order, customer, amount), point, System.in, System.out);
        throw Complaint.failed("order " + order + " ended before it came to " + point.action());
    }
}
