package org.pocx.aggregator.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.statistics.StatisticsEvent;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.InMemoryFarmStore;

/** Live events over real sockets. */
final class LiveFeedTest {
    private final LiveFeed feed = new LiveFeed();
    private final InMemoryFarmStore store = new InMemoryFarmStore();
    private final AtomicInteger rendered = new AtomicInteger();
    private final List<EventStream> streams = new ArrayList<>();
    private HttpServer server;
    private ExecutorService threads;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        LiveEndpoint endpoint = new LiveEndpoint(feed, this::summary, store.history());
        server.createContext("/", exchange -> {
            try (exchange) {
                endpoint.handle(exchange);
            }
        });
        server.start();
    }

    private byte[] summary() {
        return ("{\"number\":" + rendered.incrementAndGet() + "}").getBytes(StandardCharsets.UTF_8);
    }

    @AfterEach
    void close() throws Exception {
        feed.close();
        for (EventStream stream : streams) {
            stream.close();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    private EventStream open(String... headers) throws IOException {
        EventStream stream = new EventStream(server.getAddress(), headers);
        streams.add(stream);
        return stream;
    }

    private void tell(long id) {
        FarmEvent event = new FarmEvent(id, Instant.EPOCH, FarmEvent.Kind.NEW_ROUND, id, "", "", 0, 0, 1, "");
        store.write(new HistoryChange.EventRecorded(event)).join();
        feed.on(new StatisticsEvent.EventRecorded(event));
    }

    private static List<Long> ids(List<EventStream.Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("event"))
                .map(EventStream.Event::id)
                .toList();
    }

    @Test
    void newClient_getsTheSummaryAtOnce() throws Exception {
        EventStream stream = open();

        assertThat(stream.head()).startsWith("HTTP/1.1 200").contains("text/event-stream");
        assertThat(stream.next().data()).isEqualTo("{\"number\":1}");
    }

    @Test
    void event_reachesEveryClientWithItsId() throws Exception {
        EventStream one = open();
        EventStream two = open();
        Await.until("both are there", () -> feed.clients() == 2);
        tell(41);
        tell(42);

        assertThat(ids(one.take(3))).containsExactly(41L, 42L);
        assertThat(ids(two.take(3))).containsExactly(41L, 42L);
    }

    @Test
    void reconnectedClient_getsMissedEvents() throws Exception {
        for (long id = 1; id <= 9; id++) {
            tell(id);
        }
        EventStream stream = open("Last-Event-ID: 6");
        Await.until("it is there", () -> feed.clients() == 1);
        tell(10);

        assertThat(ids(stream.take(5))).containsExactly(7L, 8L, 9L, 10L);
    }

    @Test
    void clientOfAnEarlierProcess_getsEventsFromTheHistory() throws Exception {
        for (long id = 1; id <= 5; id++) {
            store.write(new HistoryChange.EventRecorded(
                    new FarmEvent(id, Instant.EPOCH, FarmEvent.Kind.NEW_ROUND, id, "", "", 0, 0, 1, "")))
                    .join();
        }
        tell(6);
        EventStream stream = open("Last-Event-ID: 3");

        assertThat(ids(stream.take(4))).containsExactly(4L, 5L, 6L);
    }

    @Test
    void nonsenseAsLastEventId_countsAsNone() throws Exception {
        tell(1);
        EventStream stream = open("Last-Event-ID: 99999999999999999999999");

        assertThat(stream.next().name()).isEqualTo("summary");
    }

    @Test
    void tooManyClients_areRejectedUntilOneDisconnects() throws Exception {
        for (int i = 0; i < LiveFeed.MAX_CLIENTS; i++) {
            open();
        }
        Await.until("all are there", () -> feed.clients() == LiveFeed.MAX_CLIENTS);
        assertThat(open().head()).startsWith("HTTP/1.1 503").containsIgnoringCase("Retry-After: 10");

        feed.start(this::summary); // writing shows that the first one is gone
        streams.getFirst().close();
        Await.until("one has left", () -> {
            tell(1);
            return feed.clients() < LiveFeed.MAX_CLIENTS;
        });
        assertThat(open().head()).startsWith("HTTP/1.1 200");
    }

    @Test
    void clientThatReadsNothing_isCutAndTheOthersGoOn() throws Exception {
        EventStream slow = new EventStream(server.getAddress(), 1_024);
        streams.add(slow);
        EventStream quick = open();
        Await.until("both are there", () -> feed.clients() == 2);
        int told = 0;
        while (feed.clients() == 2 && told < 2_000_000) {
            tell(++told);
            if (told % 100 == 0) {
                long upTo = told;
                Await.until("the quick one follows", () -> quick.lastId() >= upTo);
            }
        }

        assertThat(feed.clients()).isEqualTo(1);
        tell(++told);
        long last = told;
        Await.until("the quick one still hears", () -> quick.lastId() == last);
    }

    @Test
    void writeThatIsStuck_isCutByTheClock() throws Exception {
        EventStream slow = new EventStream(server.getAddress(), 1_024);
        streams.add(slow);
        Await.until("it is there", () -> feed.clients() == 1);
        LiveClient client = feed.anyClient().orElseThrow();
        byte[] large = new byte[8 * 1024 * 1024];
        client.offerEvent(large);
        Await.until("it writes", () -> client.waiting() == 0);

        Await.until("it is cut", () -> {
            client.cutIfStuck(System.nanoTime() + LiveFeed.STUCK.toNanos() * 2, LiveFeed.STUCK);
            return feed.clients() == 0;
        });
    }

    @Test
    void summary_isRenderedOnceForAllClients_andNotWithoutClients() throws Exception {
        feed.start(this::summary);
        assertThat(rendered).hasValue(0);
        for (int i = 0; i < 20; i++) {
            open();
        }
        Await.until("all are there", () -> feed.clients() == 20);

        List<Set<Integer>> numbers = streams.stream().<Set<Integer>>map(stream -> new HashSet<>()).toList();
        Await.until("all are sent the same one", () -> {
            feed.on(new AggregatorEvent.UpstreamUp(Duration.ZERO));
            for (int i = 0; i < streams.size(); i++) {
                numbers.get(i).add(number(streams.get(i)));
            }
            return numbers.getFirst().stream()
                    .anyMatch(number -> numbers.stream().allMatch(others -> others.contains(number)));
        });
    }

    private static int number(EventStream stream) {
        try {
            return Integer.parseInt(stream.next().data().replaceAll("\\D", ""));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closedFeed_endsItsStreams() throws Exception {
        EventStream stream = open();
        stream.next();
        feed.close();

        assertThat(stream.awaitEnd()).isTrue();
        assertThat(open().head()).startsWith("HTTP/1.1 503");
    }

    @Test
    void memoryOfEvents_isBounded() {
        for (long id = 1; id <= 3L * LiveFeed.REMEMBERED; id++) {
            tell(id);
        }

        assertThat(feed.rememberedEvents()).isEqualTo(LiveFeed.REMEMBERED);
    }
}
