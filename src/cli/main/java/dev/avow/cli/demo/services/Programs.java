package dev.avow.cli.demo.services;

import java.util.List;

/** What the three processes run: a main class and its arguments. */
public interface Programs {
    /**
     * Calls {@link ShopProcess#run}.
     *
     * @param port where it serves the coordinator
     * @param orders the order service's address
     * @param payments the payment service's address
     */
    List<String> shop(int port, String orders, String payments);

    /**
     * Calls {@link ServiceProcess#run}.
     *
     * @param port where it serves
     * @param shop the coordinator's address
     */
    List<String> service(Part part, int port, String shop);
}
