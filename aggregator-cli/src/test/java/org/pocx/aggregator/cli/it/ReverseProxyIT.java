package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;

/** The configurations of reverse proxies in {@code ops/proxy}, with the real proxies where they are installed. */
class ReverseProxyIT {
    private static final Path CONFIGURATIONS = Path.of("..", "ops", "proxy");
    private static final String INFO = """
            {"jsonrpc":"2.0","result":{"generation_signature":"%s","base_target":1000,"height":7,"block_hash":"%s"},"id":ID}
            """
            .formatted("5".repeat(64), "b".repeat(64));
    private static final String POLL = "{\"jsonrpc\":\"2.0\",\"method\":\"get_mining_info\",\"id\":1}";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir private Path folder;
    private int web;
    private int miners;
    private int aggregator;
    private int dashboard;
    private Optional<Process> proxy = Optional.empty();

    @AfterEach
    void stopProxy() throws InterruptedException {
        if (proxy.isPresent()) {
            proxy.get().destroy();
            assertThat(proxy.get().waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void nginx_servesPageAndMiners_andNeverAnswersAMinerItself() throws Exception {
        takePorts();
        Path part = Files.writeString(folder.resolve("part.conf"), onOurPorts("nginx.conf"));
        Files.createDirectory(folder.resolve("logs"));
        Path whole = Files.writeString(
                folder.resolve("nginx.conf"),
                "daemon off; pid %s/nginx.pid; error_log stderr; events {}\nhttp { access_log off; %s include %s; }"
                        .formatted(folder, temporaryPaths(), part));
        start("nginx", List.of("-p", folder.toString(), "-c", whole.toString()));
        assertProxies();
    }

    private String temporaryPaths() {
        StringBuilder paths = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            paths.append(kind).append("_temp_path ").append(folder.resolve(kind)).append("; ");
        }
        return paths.toString();
    }

    @Test
    void caddy_servesPageAndMiners_andNeverAnswersAMinerItself() throws Exception {
        takePorts();
        Path file = Files.writeString(
                folder.resolve("Caddyfile"), "{\n\tadmin off\n\tauto_https off\n}\n" + onOurPorts("Caddyfile"));
        start("caddy", List.of("run", "--adapter", "caddyfile", "--config", file.toString()));
        assertProxies();
    }

    /** Traefik is in no package registry that a test may use: at least its two files fit together. */
    @Test
    void traefik_refersToWhatExists() throws IOException {
        JsonNode fixed = yaml("traefik.yml");
        JsonNode dynamic = yaml("traefik-dynamic.yml");
        assertThat(fixed.at("/providers/file/filename").asText()).isEqualTo("traefik-dynamic.yml");
        Set<String> entryPoints = names(fixed.at("/entryPoints"));
        for (String protocol : List.of("http", "tcp")) {
            for (JsonNode router : dynamic.at("/" + protocol + "/routers")) {
                router.at("/entryPoints").forEach(name -> assertThat(entryPoints).contains(name.asText()));
                router.at("/middlewares").forEach(name -> assertThat(names(dynamic.at("/http/middlewares")))
                        .contains(name.asText()));
                assertThat(names(dynamic.at("/" + protocol + "/services")))
                        .contains(router.at("/service").asText());
            }
        }
    }

    private static JsonNode yaml(String name) throws IOException {
        return new YAMLMapper().readTree(CONFIGURATIONS.resolve(name).toFile());
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void takePorts() throws IOException {
        web = ChildProgram.freePort();
        miners = ChildProgram.freePort();
        aggregator = ChildProgram.freePort();
        dashboard = ChildProgram.freePort();
    }

    private String onOurPorts(String name) throws IOException {
        return Files.readString(CONFIGURATIONS.resolve(name))
                .replace("127.0.0.1:8080", "127.0.0.1:" + aggregator)
                .replace("127.0.0.1:8081", "127.0.0.1:" + dashboard)
                .replace("listen 80;", "listen 127.0.0.1:" + web + ";")
                .replace("listen 8088;", "listen 127.0.0.1:" + miners + ";")
                .replace(":80 {", ":" + web + " {")
                .replace(":8088 {", ":" + miners + " {");
    }

    private void start(String command, List<String> arguments) throws IOException {
        Path binary = Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin")
                .map(place -> Path.of(place, command))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of("none"));
        assumeThat(binary).as(command + ", to try its configuration").exists();
        ProcessBuilder builder = new ProcessBuilder(binary.toString());
        builder.command().addAll(arguments);
        builder.environment().put("HOME", folder.toString());
        builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("proxy.txt").toFile());
        proxy = Optional.of(builder.start());
    }

    private void assertProxies() throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream(0, INFO, INFO)) {
            try (ChildProgram program = ChildProgram.serving(
                    Files.createDirectory(folder.resolve("program")),
                    aggregator,
                    """
                            server: { listen_address: "127.0.0.1:%d", trusted_proxies: "127.0.0.0/8" }
                            upstream: { url: "%s" }
                            dashboard: { listen_address: "127.0.0.1:%d" }
                            """
                            .formatted(aggregator, upstream.uri(), dashboard))) {
                Await.until("the proxy passes requests on", () -> poll(miners).contains("b".repeat(64)));
                assertPage();
            }
            assertThat(poll(miners)).as("the answer while the aggregator is down").isEqualTo("no answer");
        }
    }

    private void assertPage() throws Exception {
        HttpResponse<String> short_ = get("/farm");
        assertThat(short_.statusCode()).isIn(301, 302, 307, 308);
        assertThat(short_.headers().firstValue("location").orElse("")).endsWith("/farm/");
        assertThat(get("/farm/").body()).contains("<title>PoCX aggregator</title>");
        assertThat(get("/farm/style.css").statusCode()).isEqualTo(200);
        assertThat(get("/farm//style.css").statusCode()).isEqualTo(200);
        assertThat(get("/farm/api/summary").headers().firstValue("content-type")).contains("application/json");
        assertThat(get("/other").statusCode()).as("of the proxy itself").isIn(403, 404);
        HttpResponse<Stream<String>> events =
                client.send(request("/farm/events").build(), BodyHandlers.ofLines());
        try (Stream<String> lines = events.body()) {
            assertThat(lines.findFirst()).as("a stream of events that is not held back").isPresent();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web + path));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private String poll(int port) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                            .POST(BodyPublishers.ofString(POLL))
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + answer.body();
        } catch (IOException e) {
            return "no answer";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
