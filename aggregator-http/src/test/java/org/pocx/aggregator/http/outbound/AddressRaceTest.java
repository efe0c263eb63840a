package org.pocx.aggregator.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class AddressRaceTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofDays(1);

    private final Queue<Integer> tried = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final CountDownLatch end = new CountDownLatch(1);

    /** Connects to the address of each port: 1 refuses, 2 has no route, 3 does not answer, 4 accepts. */
    private void connect(Socket socket, InetSocketAddress address, int timeoutMillis) throws IOException {
        tried.add(address.getPort());
        sockets.add(socket);
        switch (address.getPort()) {
            case 1 -> throw new ConnectException("Connection refused");
            case 2 -> throw new NoRouteToHostException("No route to host");
            case 3 -> hang();
            default -> {}
        }
    }

    private void hang() throws SocketTimeoutException {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SocketTimeoutException();
    }

    private static List<InetSocketAddress> addresses(int... ports) {
        return IntStream.of(ports).mapToObj(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .toList();
    }

    private Socket race(Duration headStart, Duration limit, int... ports) throws DialException {
        return new AddressRace(this::connect, headStart).connect(addresses(ports), DialDeadline.in(limit));
    }

    private DialFailure failure(Duration limit, int... ports) {
        return assertThatExceptionOfType(DialException.class)
                .isThrownBy(() -> race(SHORT, limit, ports))
                .actual()
                .failure();
    }

    @Test
    void firstAddressThatAccepts_isTheOnlyOneTried() throws DialException {
        assertThat(race(NEVER, NEVER, 4, 4)).isSameAs(sockets.element());
        assertThat(tried).containsExactly(4);
    }

    @Test
    void addressThatDoesNotAnswer_losesAgainstTheNext() throws DialException {
        Socket winner = race(SHORT, NEVER, 3, 3, 4);
        assertThat(tried).containsExactly(3, 3, 4);
        assertThat(sockets).hasSize(3).allMatch(socket -> socket.equals(winner) || socket.isClosed());
        assertThat(winner.isClosed()).isFalse();
        end.countDown();
    }

    @Test
    void addressThatFails_isFollowedAtOnce() throws DialException {
        race(NEVER, NEVER, 2, 1, 4);
        assertThat(tried).containsExactly(2, 1, 4);
    }

    @Test
    void oneRefusal_countsForTheHost() {
        assertThat(failure(NEVER, 2, 1, 2))
                .isEqualTo(DialFailure.refused("cannot connect: connection refused (3 addresses)"));
    }

    @Test
    void missingRoutes_areNoRefusal() {
        assertThat(failure(NEVER, 2)).isEqualTo(DialFailure.of("cannot connect: No route to host"));
    }

    @Test
    void noAnswer_timesOut() {
        assertThat(failure(Duration.ofMillis(20), 3, 2))
                .isEqualTo(DialFailure.timedOut("no connection within 20 ms (2 addresses)"));
        end.countDown();
    }

    @Test
    void addressesAboveTheBound_areNotTried() {
        failure(NEVER, IntStream.range(0, AddressRace.MAX_ADDRESSES + 1).map(i -> 1).toArray());
        assertThat(tried).hasSize(AddressRace.MAX_ADDRESSES);
    }

    @Test
    void interruptedRace_endsWithoutASocket() {
        Thread.currentThread().interrupt();
        assertThat(failure(NEVER, 3).message()).isEqualTo("the call was cancelled");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(sockets).allMatch(Socket::isClosed);
        end.countDown();
    }
}
