package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.http.testkit.RawHttpResponse;

/** The form of requests, checked at the door of the packaged program. */
class FormIT {
    private static final int REQUESTS = Boolean.getBoolean("pocx.heavy") ? 1_000_000 : 4_000;
    private static final int CONNECTIONS = 8;
    private static final long SEED = 20_260_101;

    private static final String HASH = "b".repeat(64);
    private static final String SIGNATURE = "a".repeat(64);
    private static final String POLL = "{\"jsonrpc\":\"2.0\",\"method\":\"get_mining_info\",\"id\":1}";
    private static final String INFO = "{\"jsonrpc\":\"2.0\",\"result\":{\"generation_signature\":\"" + SIGNATURE
            + "\",\"base_target\":5,\"height\":7,\"block_hash\":\"" + HASH + "\"},\"id\":ID}";
    private static final String VERDICT =
            "{\"jsonrpc\":\"2.0\",\"result\":{\"raw_quality\":9,\"poc_time\":5},\"id\":ID}";

    private static final List<String[]> GOOD = List.of(
            field("block_hash", "\"" + HASH + "\""),
            field("height", "7"),
            field("generation_signature", "\"" + SIGNATURE + "\""),
            field("base_target", "5"),
            field("account_id", "\"" + "c".repeat(40) + "\""),
            field("seed", "\"" + "d".repeat(64) + "\""),
            field("nonce", "18446744073709551615"),
            field("compression", "1"),
            field("raw_quality", "9"));

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final LongAdder RESULTS = new LongAdder();

    @TempDir private static Path folder;

    private static ScriptedUpstream upstream;
    private static ChildProgram program;
    private static int port;

    private static String[] field(String name, String value) {
        return new String[] {"\"" + name + "\"", value};
    }

    @BeforeAll
    static void start() throws IOException {
        port = ChildProgram.freePort();
        upstream = new ScriptedUpstream(0, INFO, VERDICT);
        program = ChildProgram.serving(
                folder,
                port,
                """
                        listen_address: "127.0.0.1:%d"
                        upstream: { url: "%s" }
                        cache: { poll_interval_ms: 50 }
                        database: { path: "form.db" }
                        logging: { file: "" }
                        """
                        .formatted(port, upstream.uri()));
        program.awaitReady();
    }

    @AfterAll
    static void stop() {
        program.close();
        upstream.close();
    }

    private static String submit(List<String[]> fields) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"submit_nonce\",\"params\":"
                + fields.stream().map(one -> one[0] + ":" + one[1]).collect(Collectors.joining(",", "{", "}"))
                + ",\"id\":1}";
    }

    private static String with(String name, String value) {
        return submit(GOOD.stream()
                .map(one -> one[0].equals("\"" + name + "\"") ? field(name, value) : one)
                .toList());
    }

    private static void assertUsable(RawHttpClient wire) throws IOException {
        assertThat(wire.postToRoot(POLL).body()).contains("\"height\":7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "height | -1", "height | 1.5", "height | 1e3", "height | 18446744073709551616", "height | 1E400",
        "height | true", "height | null", "height | []", "height | \"\"", "height | \"-1\"", "height | \"１２\"",
        "nonce | -1", "nonce | 1.0", "raw_quality | -1", "raw_quality | 18446744073709551616",
        "base_target | 0", "base_target | -5", "compression | 256", "compression | -1", "compression | 1.5",
        "block_hash | \"\"", "block_hash | 7", "block_hash | \"b\"", "seed | \"zz\"", "generation_signature | null",
        "account_id | \"<script>alert(1)</script>\"", "account_id | \"ccc\""
    })
    void fieldOutOfForm_isNamed(String name, String value) throws IOException {
        try (RawHttpClient wire = RawHttpClient.local(port)) {
            RawHttpResponse answer = wire.postToRoot(with(name, value));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("\"code\":-32602", "\"data\":{\"field\":\"" + name + "\"}");
            assertUsable(wire);
        }
    }

    @Test
    void hexOfOtherScriptsAndLengths_isNamed() throws IOException {
        try (RawHttpClient wire = RawHttpClient.local(port)) {
            for (String hash : List.of("ｂ".repeat(64), "٣".repeat(64), "b".repeat(63), "b".repeat(65),
                    "g".repeat(64))) {
                assertThat(wire.postToRoot(with("block_hash", "\"" + hash + "\"")).body())
                        .contains("\"code\":-32602", "\"field\":\"block_hash\"");
            }
            assertThat(wire.postToRoot(with("height", "1" + "0".repeat(400))).body()).contains("\"field\":\"height\"");
            assertUsable(wire);
        }
    }

    @Test
    void doubledFieldsAndMembers_areNamed() throws IOException {
        List<String[]> doubled = new ArrayList<>(GOOD);
        doubled.add(field("seed", "\"" + "e".repeat(64) + "\""));
        try (RawHttpClient wire = RawHttpClient.local(port)) {
            assertThat(wire.postToRoot(submit(doubled)).body()).contains("\"code\":-32602", "\"field\":\"seed\"");
            assertThat(wire.postToRoot("{\"id\":1,\"id\":2,\"method\":\"get_mining_info\"}").body())
                    .contains("\"code\":-32600", "duplicate member id");
            assertUsable(wire);
        }
    }

    @Test
    void unknownRounds_areAnsweredAndTheGoodOneStays() throws IOException {
        for (int i = 0; i < 20; i++) {
            String hash = String.format("%064x", i);
            assertThat(answer(with("block_hash", "\"" + hash + "\""))).contains("\"code\":-32003");
        }
        assertThat(answer(submit(GOOD))).contains("\"result\":{\"raw_quality\":9");
    }

    /** As a miner asks: where the poll for an unknown round takes too long, the connection is dropped, and the nonce sent again. */
    private String answer(String request) {
        AtomicReference<String> answer = new AtomicReference<>("");
        Await.until("an answer to " + request, () -> {
            try (RawHttpClient wire = RawHttpClient.local(port)) {
                answer.set(wire.postToRoot(request).body());
                return true;
            } catch (IOException dropped) {
                return false;
            }
        });
        return answer.get();
    }

    @Test
    void mutatedRequests_areAllAnsweredInForm() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            long seed = SEED + i;
            all.add(CompletableFuture.runAsync(() -> attack(seed, REQUESTS / CONNECTIONS), Thread::startVirtualThread));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
        try (RawHttpClient wire = RawHttpClient.local(port)) {
            assertThat(wire.postToRoot(submit(GOOD)).body()).contains("\"result\":{\"raw_quality\":9");
        }
        assertThat(RESULTS.sum()).as("requests that were good after all").isGreaterThan(REQUESTS / 10);
        assertThat(program.output()).doesNotContain("Exception").doesNotContain("fault of this program");
    }

    private static void attack(long seed, int requests) {
        HostileRequests hostile = new HostileRequests(seed, GOOD);
        byte[] body = {};
        int done = 0;
        try (RawHttpClient wire = RawHttpClient.local(port)) {
            for (; done < requests; done++) {
                body = hostile.next();
                check(wire.postToRoot(body));
                if (done % 50 == 0) {
                    assertUsable(wire);
                }
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            String shown = new String(body, StandardCharsets.ISO_8859_1);
            throw new AssertionError("seed " + seed + ", request " + done + ": "
                    + shown.substring(0, Math.min(500, shown.length())), e);
        }
    }

    private static void check(RawHttpResponse answer) throws JsonProcessingException {
        assertThat(answer.closes()).isFalse();
        if (answer.status() == 204) {
            assertThat(answer.body()).isEmpty();
            return;
        }
        assertThat(answer.status()).isEqualTo(200);
        JsonNode json = JSON.readTree(answer.body());
        if (json.isArray()) {
            assertThat(json.size()).isBetween(1, 100);
            json.forEach(FormIT::checkOne);
        } else {
            checkOne(json);
        }
    }

    private static void checkOne(JsonNode answer) {
        assertThat(answer.path("jsonrpc").asText()).isEqualTo("2.0");
        assertThat(answer.has("id")).isTrue();
        assertThat(answer.has("result")).isNotEqualTo(answer.has("error"));
        if (answer.has("result")) {
            RESULTS.increment();
        } else {
            assertThat(answer.at("/error/code").isInt()).isTrue();
            assertThat(answer.at("/error/message").asText()).isNotEmpty().hasSizeLessThan(300);
            assertThat(answer.at("/error/code").intValue()).isBetween(-32_768, -32_000).isNotEqualTo(-32_603);
        }
    }
}
