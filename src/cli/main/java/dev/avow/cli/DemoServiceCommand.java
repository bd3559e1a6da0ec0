package dev.avow.cli;

import dev.avow.cli.demo.DemoFolder;
import dev.avow.cli.demo.services.Part;
import dev.avow.cli.demo.services.ServiceDatabase;
import dev.avow.cli.demo.services.ServiceProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The process of one service in the demo across services: not for people. */
@Command(name = "demo-service", hidden = true, description = "Serves one part of each order until it is killed.")
final class DemoServiceCommand implements Callable<Integer> {
    @Option(names = "--dir", required = true)
    private Path folder = Path.of("");

    @Option(names = "--part", required = true)
    private Part part = Part.ORDERS;

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--shop", required = true)
    private String shop = "";

    @Override
    public Integer call() throws Exception {
        DemoFolder files = new DemoFolder(folder);
        ServiceDatabase database = ServiceDatabase.of(
                switch (part) {
                    case ORDERS -> files.orders();
                    case PAYMENTS -> files.payments();
                });
        ServiceProcess.run(
                part,
                database,
                files.book(part.participant()),
                port,
                shop,
                UnaryOperator.identity(),
                System.in,
                System.out);
        return 0;
    }
}
