package org.pocx.aggregator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.testkit.Threads;

/** The dashboard over real sockets. */
final class DashboardServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Farms farm = new Farms();
    private Supplier<byte[]> stats = () -> "{}".getBytes(StandardCharsets.UTF_8);
    private DashboardServer server;

    @BeforeEach
    void start() throws IOException {
        server = DashboardServer.start(ANY_PORT, sources());
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    private DashboardSources sources() {
        DashboardSources all = farm.sources();
        return new DashboardSources(
                all.snapshots(),
                () -> stats.get(),
                all.history(),
                all.luck(),
                all.metrics(),
                all.blockTime(),
                all.live(),
                all.capacityHours(),
                all.resetBaseline());
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    @ParameterizedTest
    @CsvSource({
        "/,text/html; charset=utf-8",
        "/app.js,text/javascript; charset=utf-8",
        "/uplot/uPlot.js,text/javascript; charset=utf-8",
        "/uplot/LICENSE,text/plain; charset=utf-8",
        "/api/openapi.json,application/json",
        "/style.css,text/css; charset=utf-8",
        "/icon.svg,image/svg+xml",
        "/metrics,text/plain; version=0.0.4; charset=utf-8",
        "/stats,application/json",
        "/stats?now,application/json",
        "/health,text/plain; charset=utf-8",
    })
    void path_isServedWithItsType(String path, String type) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains(type);
    }

    @Test
    void stats_areAskedForEachTime() throws Exception {
        stats = () -> StatsJson.render(Snapshots.small());

        assertThat(get("/stats").body()).contains("\"bestRawQuality\":18446744073709551613");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/index.html", "/../app.js", "/%2e%2e/style.css", "/stats/"})
    void otherPath_is404(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "NONSENSE"})
    void otherMethod_is405WithAllow(String method) throws Exception {
        HttpResponse<String> answer = send(method, "/stats");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
    }

    @Test
    void head_hasTheLengthAndNoBody() throws Exception {
        HttpResponse<String> answer = send("HEAD", "/health");

        assertThat(answer.headers().firstValue("content-length")).contains("2");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void everyAnswer_carriesTheSecurityHeaders() throws Exception {
        assertThat(get("/nothing").headers().map())
                .containsKeys("content-security-policy", "x-content-type-options", "x-frame-options",
                        "referrer-policy");
    }

    @Test
    void page_hasNoInlineScriptOrStyle() throws Exception {
        // Except the one that the policy allows by its hash, see below.
        String page = get("/").body().replaceFirst("<script>[^<]*</script>", "");

        assertThat(page).doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContainPattern("<style|style=|\\son\\w+=");
    }

    @Test
    void everythingThePageRefersTo_isServed() throws Exception {
        Matcher references = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(get("/").body());

        while (references.find()) {
            assertThat(get("/" + references.group(1)).statusCode()).as(references.group(1)).isEqualTo(200);
        }
    }

    @Test
    void everyScript_importsWhatIsServedAndInsertsTextAlone() throws Exception {
        List<String> found = new ArrayList<>(List.of("app.js"));
        for (int i = 0; i < found.size(); i++) {
            HttpResponse<String> script = get("/" + found.get(i));
            assertThat(script.statusCode()).as(found.get(i)).isEqualTo(200);
            assertThat(script.body())
                    .as(found.get(i))
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "http://",
                            "https://");
            Matcher imports =
                    Pattern.compile("from \"\\./([^\"]+)\"").matcher(script.body());
            while (imports.find()) {
                if (!found.contains(imports.group(1))) {
                    found.add(imports.group(1));
                }
            }
        }
        assertThat(found).hasSizeGreaterThan(10);
    }

    @Test
    void policy_allowsNothingButThisServer() throws Exception {
        assertThat(get("/").headers().firstValue("content-security-policy"))
                .get()
                .asString()
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                        + " img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    }

    /** The script that moves a page under a sub-path to the path with a final slash. */
    @Test
    void policy_allowsTheOneInlineScriptByItsHash() throws Exception {
        HttpResponse<String> page = get("/");
        Matcher script = Pattern.compile("<script>(.*?)</script>").matcher(page.body());
        assertThat(script.find()).isTrue();
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(script.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .endsWith("; script-src-elem 'self' 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        assertThat(script.find()).as("another inline script").isFalse();
    }

    @Test
    void doubledSlashes_areFoundAsOne() throws Exception {
        assertThat(get("/uplot//uPlot.css").statusCode()).isEqualTo(200);
    }

    @Test
    void fileThatTheBrowserHas_isNotSentAgain() throws Exception {
        String tag = get("/app.js").headers().firstValue("etag").orElseThrow();
        HttpRequest again =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + "/app.js"))
                        .header("If-None-Match", tag)
                        .build();

        assertThat(client.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(304);
    }

    @Test
    void answerForOneWhoUnpacks_isPacked() throws Exception {
        HttpRequest packed =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + "/app.js"))
                        .header("Accept-Encoding", "br, gzip;q=0.8")
                        .build();
        HttpResponse<byte[]> answer = client.send(packed, BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(get("/app.js").body());
        }
    }

    @Test
    void filter_appliesToEveryPath() throws Exception {
        server.close();
        Filter gate = new Filter() {
            @Override
            public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
                exchange.sendResponseHeaders(401, -1);
                exchange.close();
            }

            @Override
            public String description() {
                return "lets nobody in";
            }
        };
        server = DashboardServer.start(HttpServer.create(ANY_PORT, 0), gate, new Farms().sources());

        for (String path : List.of("/", "/app.js", "/stats", "/api/rounds", "/events", "/metrics", "/nothing")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void statisticsFail_is500AndTheNextOneWorks() throws Exception {
        stats = () -> {
            throw new IllegalStateException("a bug that this test makes");
        };
        assertThat(get("/stats").statusCode()).isEqualTo(500);

        stats = () -> "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(get("/stats").statusCode()).isEqualTo(200);
    }

    @Test
    void portInUse_isAnIoException() {
        assertThatIOException().isThrownBy(() -> DashboardServer.start(server.address(), sources()));
    }

    @Test
    void closedTwice_freesThePort() throws Exception {
        InetSocketAddress address = server.address();
        server.close();
        server.close();

        DashboardServer.start(address, new Farms().sources()).close();
    }

    @Test
    void close_leavesNoThread() throws IOException {
        Threads before = Threads.now();
        try (DashboardServer other = DashboardServer.start(ANY_PORT, new Farms().sources());
                Socket page = new Socket(other.address().getAddress(), other.address().getPort())) {
            page.getOutputStream().write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(page.getInputStream().read()).isEqualTo('H');
        }

        before.awaitNoOthers();
    }
}
