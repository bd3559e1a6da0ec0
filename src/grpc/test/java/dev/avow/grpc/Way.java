package dev.avow.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A way for connections to a port of this machine, which a test can cut, or stall so that both ends see nothing of it. */
final class Way implements AutoCloseable {
    private static final int BUFFER = 1 << 14;

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flowing = lock.newCondition();
    /** Guarded by lock. */
    private boolean stalled;

    /** @param address host:port of this machine */
    Way(String address) {
        try {
            target = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            run("accepting", this::accept);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String address() {
        return "localhost:" + listening.getLocalPort();
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static void run(String name, Attempt attempt) {
        Thread thread = new Thread(
                () -> {
                    try {
                        attempt.run();
                    } catch (IOException cut) {
                        // As a test wants it, or at its end.
                    }
                },
                "way-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket caller = listening.accept();
            sockets.add(caller);
            run("connecting", () -> connect(caller));
        }
    }

    private void connect(Socket caller) throws IOException {
        try {
            Socket called = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(called);
            run("back", () -> pump(called, caller));
            pump(caller, called);
        } finally {
            close(caller);
        }
    }

    private void pump(Socket from, Socket to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                awaitFlow();
                to.getOutputStream().write(buffer, 0, read);
            }
        } finally {
            close(from);
            close(to);
        }
    }

    private void awaitFlow() {
        lock.lock();
        try {
            while (stalled) {
                flowing.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void close(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What is connected is so no more; whoever comes next gets through. */
    void cut() {
        Set.copyOf(sockets).forEach(this::close);
    }

    /** Nothing arrives any more, and nobody is told. */
    void stall() {
        setStalled(true);
    }

    /** All that was held back arrives, late. */
    void flow() {
        setStalled(false);
    }

    private void setStalled(boolean wanted) {
        lock.lock();
        try {
            stalled = wanted;
            flowing.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        flow();
        cut();
        try {
            listening.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
