package dev.avow.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be cut: the connections end, at both ends, without a word. Safe for any number of threads. */
public final class Wire implements AutoCloseable {
    private final int server;
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private Wire(int server, ServerSocket entrance) {
        this.server = server;
        this.entrance = entrance;
    }

    /**
     * Opens one to this port of this machine.
     *
     * @throws IOException if there is no port left for it
     */
    public static Wire to(int server) throws IOException {
        Wire wire = new Wire(server, new ServerSocket(Ports.free(), 50, InetAddress.getLoopbackAddress()));
        daemon(wire::accept);
        return wire;
    }

    public int port() {
        return entrance.getLocalPort();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                connect(entrance.accept());
            } catch (IOException closed) {
                // Or the server is down: the client sees its connection end.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket onward = new Socket(InetAddress.getLoopbackAddress(), server);
            sockets.add(client);
            sockets.add(onward);
            client.setTcpNoDelay(true);
            onward.setTcpNoDelay(true);
            daemon(() -> pump(client, onward));
            daemon(() -> pump(onward, client));
        } catch (IOException down) {
            end(client);
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // As announced.
        }
        end(from);
        end(to);
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException gone) {
            // So be it.
        }
    }

    /** Ends every connection that there is; new ones are let through. */
    public void cut() {
        sockets.forEach(this::end);
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
