package org.pocx.aggregator.http.outbound;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that accepts. While an address does not answer, the next one is tried as well
 * (RFC 8305, "happy eyeballs"); when one fails, the next one is tried at once.
 */
final class AddressRace {
    /** The delay that RFC 8305 recommends. */
    static final Duration HEAD_START = Duration.ofMillis(250);

    /** More addresses of one name are not tried. */
    static final int MAX_ADDRESSES = 16;

    private final Connector connector;
    private final Duration headStart;

    /** Connects a socket. */
    @FunctionalInterface
    interface Connector {
        /** @param timeoutMillis at least 1 */
        void connect(Socket socket, InetSocketAddress address, int timeoutMillis) throws IOException;
    }

    AddressRace() {
        this(Socket::connect, HEAD_START);
    }

    /** @param headStart how long an address is tried alone */
    AddressRace(Connector connector, Duration headStart) {
        this.connector = connector;
        this.headStart = headStart;
    }

    /**
     * Returns a connected socket.
     *
     * @param addresses at least one
     * @throws DialException when none accepts by the deadline
     */
    Socket connect(List<InetSocketAddress> addresses, DialDeadline deadline) throws DialException {
        Race race = new Race(addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES)), deadline);
        Socket winner = null;
        try {
            winner = race.run();
            return winner;
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
            throw new DialException(DialFailure.of("the call was cancelled"));
        } finally {
            race.closeAllExcept(winner);
        }
    }

    /** The end of one attempt. */
    private sealed interface Attempt {
        record Connected(Socket socket) implements Attempt {}

        record Failed(IOException cause) implements Attempt {}
    }

    /** Used by one thread, except for the queue. */
    private final class Race {
        private final List<InetSocketAddress> addresses;
        private final DialDeadline deadline;
        private final BlockingQueue<Attempt> ended = new LinkedBlockingQueue<>(MAX_ADDRESSES);
        private final List<Socket> started = new ArrayList<>();
        private final List<IOException> failures = new ArrayList<>();

        Race(List<InetSocketAddress> addresses, DialDeadline deadline) {
            this.addresses = addresses;
            this.deadline = deadline;
        }

        Socket run() throws InterruptedException, DialException {
            startNext();
            while (true) {
                switch (ended.poll(waitNanos(), TimeUnit.NANOSECONDS)) {
                    case Attempt.Connected(Socket socket) -> {
                        return socket;
                    }
                    case Attempt.Failed(IOException cause) -> failures.add(cause);
                    case null -> {}
                }
                if (deadline.isOver() || failures.size() == addresses.size()) {
                    throw new DialException(ConnectFailures.of(failures, addresses.size(), deadline));
                }
                if (started.size() < addresses.size()) {
                    startNext();
                }
            }
        }

        private long waitNanos() {
            long remaining = Math.max(0, deadline.remainingNanos());
            return started.size() < addresses.size() ? Math.min(headStart.toNanos(), remaining) : remaining;
        }

        private void startNext() {
            InetSocketAddress address = addresses.get(started.size());
            Socket socket = new Socket(Proxy.NO_PROXY);
            started.add(socket);
            Thread.ofVirtual().name("connect").start(() -> ended.add(attempt(socket, address)));
        }

        private Attempt attempt(Socket socket, InetSocketAddress address) {
            try {
                connector.connect(socket, address, deadline.remainingMillis());
                return new Attempt.Connected(socket);
            } catch (IOException failure) {
                return new Attempt.Failed(failure);
            }
        }

        void closeAllExcept(@Nullable Socket winner) {
            for (Socket socket : started) {
                if (!socket.equals(winner)) {
                    Sockets.close(socket);
                }
            }
        }
    }
}
