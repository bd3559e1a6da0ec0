package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An order service and a shop that know each other by certificates; for tests. */
abstract class WithCertificates {
    private static final TestAuthority AUTHORITY = new TestAuthority("root");

    @TempDir
    Path folder;

    Secured.Service orders;
    Secured.Shop shop;

    @BeforeEach
    void open() throws IOException {
        orders = new Secured.Service(folder.resolve("orders"), "orders", identity("orders"));
        shop = new Secured.Shop(folder.resolve("log"), identity("shop"), orders.address(), "orders");
    }

    @AfterEach
    void close() {
        shop.close();
        orders.close();
    }

    Identity identity(String name) throws IOException {
        return AUTHORITY.issue(folder, name).identity();
    }

    TransactionId bought(String order) {
        TransactionId[] id = new TransactionId[1];
        shop.coordinator
                .transact(order, transaction -> {
                    id[0] = transaction.id();
                    Texts.put(shop.orders, order + "=120");
                })
                .requireCommitted();
        return id[0];
    }

    /** Another of the same coordinator that was never begun. */
    static TransactionId invented(TransactionId of) {
        return TransactionId.of(of.coordinator(), of.incarnation(), of.sequence() + 1_000);
    }

    static Channel with(Channel channel, Travelling travelling) {
        Metadata headers = new Metadata();
        travelling.putInto(headers);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}
