package dev.avow.cli;

import dev.avow.cli.demo.DemoFolder;
import dev.avow.cli.demo.services.ShopProcess;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The shop's process in the demo across services: not for people. */
@Command(name = "demo-shop", hidden = true, description = "Places orders with two services until it is killed.")
final class DemoShopCommand implements Callable<Integer> {
    @Option(names = "--dir", required = true)
    private Path folder = Path.of("");

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--orders", required = true)
    private String orders = "";

    @Option(names = "--payments", required = true)
    private String payments = "";

    @Override
    public Integer call() throws Exception {
        ShopProcess.run(new DemoFolder(folder).log(), port, orders, payments, System.in, System.out);
        return 0;
    }
}
