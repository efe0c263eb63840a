package org.pocx.aggregator.cli.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponse;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;
import org.pocx.aggregator.simulator.http.HttpMessage;
import org.pocx.aggregator.simulator.http.KeepAliveClient;

/**
 * Who else is there during a soak: people with open pages who come and go, a scraper, and a miner that polls ten times a
 * second and looks at the clock. Each has a thread; what they noted is thread-safe.
 */
final class SoakVisitors implements AutoCloseable {
    private static final int PAGES = 4;
    private static final List<String> PARTS_OF_THE_PAGE = List.of(
            "/", "/stats", "/api/machines?limit=200", "/api/accounts", "/api/rounds", "/api/submissions",
            "/api/events");
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(100);
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final int MAX_SLOW = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI miners;
    private final URI dashboard;
    private final SoakPlan plan;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> pollNanos = Collections.synchronizedList(new ArrayList<>());
    private final List<String> slow = Collections.synchronizedList(new ArrayList<>());
    private final long begun = System.nanoTime();
    private final AtomicLong visits = new AtomicLong();
    private final AtomicLong eventBytes = new AtomicLong();
    private volatile String metrics = "";
    private volatile boolean leaving;

    SoakVisitors(URI miners, URI dashboard, SoakPlan plan) {
        this.miners = miners;
        this.dashboard = dashboard;
        this.plan = plan;
    }

    /** All of them begin. */
    void arrive() {
        start("miner", this::poll);
        start("scraper", this::scrape);
        for (int i = 0; i < PAGES; i++) {
            SplittableRandom random = new SplittableRandom(i);
            start("page", () -> visit(random));
        }
    }

    private interface Activity {
        void run() throws IOException, InterruptedException;
    }

    private void start(String name, Activity activity) {
        threads.add(Thread.ofPlatform().name("soak-" + name).start(() -> {
            try {
                activity.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it leaves
            } catch (IOException e) {
                if (!leaving) {
                    troubles.add(name + ": " + e);
                }
            }
        }));
    }

    private void poll() throws IOException, InterruptedException {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 5, 1});
        try (KeepAliveClient wire = new KeepAliveClient(address, miners, PATIENCE, "PoCX-Miner/1.0.0")) {
            for (long id = 1; !leaving; id++) {
                long asked = System.nanoTime();
                HttpMessage answer = wire.post(Map.of(), RpcRequests.getMiningInfo(RpcId.of(id)));
                note(asked, System.nanoTime());
                if (!(RpcResponses.parse(answer.body()) instanceof RpcResponse.Result)) {
                    troubles.add("miner: " + new String(answer.body(), StandardCharsets.UTF_8));
                }
                Thread.sleep(BETWEEN_POLLS);
            }
        }
    }

    /** The first quarter is for code to warm up. */
    private void note(long asked, long answered) {
        if (asked - begun < plan.time().toNanos() / 4) {
            return;
        }
        pollNanos.add(answered - asked);
        if (answered - asked > SLOW.toNanos() && slow.size() < MAX_SLOW) {
            slow.add("%d ms at %d s".formatted((answered - asked) / 1_000_000, (answered - begun) / 1_000_000_000));
        }
    }

    private void scrape() throws IOException, InterruptedException {
        while (!leaving) {
            metrics = get("/metrics");
            Thread.sleep(plan.scraping());
        }
    }

    /** Opens the page, lives with its events for a while, and closes it in the middle of whatever comes. */
    private void visit(SplittableRandom random) throws IOException, InterruptedException {
        while (!leaving) {
            for (String part : PARTS_OF_THE_PAGE) {
                get(part);
            }
            HttpResponse<InputStream> events = client.send(request("/events"), BodyHandlers.ofInputStream());
            long until = System.nanoTime() + plan.round().toNanos() * (1 + random.nextInt(20)) / 10;
            try (InputStream in = events.body()) {
                byte[] buffer = new byte[8_192];
                while (!leaving && System.nanoTime() - until < 0) {
                    eventBytes.addAndGet(Math.max(0, in.read(buffer)));
                }
            }
            visits.incrementAndGet();
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request(path), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            troubles.add(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(dashboard.resolve(path)).build();
    }

    /** The value of a metric without labels at the last scrape; 0 before the first one. */
    long metric(String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    /** How often somebody has opened and closed the page. */
    long visits() {
        return visits.get();
    }

    /** What went wrong for them, one line each. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    /** How long the miner waited for an answer, of so many parts of a hundred polls the longest, in milliseconds. */
    double pollMillis(double percent) {
        List<Long> sorted = List.copyOf(pollNanos).stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(percent / 100 * sorted.size()))) / 1e6;
    }

    @Override
    public String toString() {
        return "A miner's %d polls: p50 %.1f ms, p99 %.1f ms, longest %.1f ms; %d pages opened and closed, %d KiB of events; slow polls: %s"
                .formatted(
                        pollNanos.size(),
                        pollMillis(50),
                        pollMillis(99),
                        pollMillis(100),
                        visits.get(),
                        eventBytes.get() / 1024,
                        slow);
    }

    /** All leave. Idempotent. */
    @Override
    public void close() {
        leaving = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
        client.shutdownNow();
    }
}
