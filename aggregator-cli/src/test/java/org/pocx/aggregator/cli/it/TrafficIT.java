package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;

/** The traffic of a stock miner, byte for byte, against the packaged program in front of a test chain of the field. */
class TrafficIT {
    private static final String INFO = "{\"generation_signature\":"
            + "\"0000000000000000000000000000000000000000000000000000000000000000\",\"base_target\":439804651110,"
            + "\"height\":0,\"block_hash\":\"7e2bf3625c2aaf50ca357c992fe219f37503071db9a25470498cd1620300c033\","
            + "\"target_quality\":18446744073709551615,\"minimum_compression_level\":1,\"target_compression_level\":1}";
    private static final String POLL = "{\"jsonrpc\":\"2.0\",\"method\":\"get_mining_info\",\"params\":{},"
            + "\"id\":\"1327b8ff-60e5-42e0-b6dd-bd4ccafc34df\"}";
    private static final String SUBMIT = "{\"jsonrpc\":\"2.0\",\"method\":\"submit_nonce\",\"params\":{\"block_hash\":"
            + "\"7e2bf3625c2aaf50ca357c992fe219f37503071db9a25470498cd1620300c033\",\"height\":0,"
            + "\"generation_signature\":\"0000000000000000000000000000000000000000000000000000000000000000\","
            + "\"base_target\":439804651110,\"account_id\":\"1111111111111111111111111111111111111111\",\"seed\":"
            + "\"ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100\",\"nonce\":3883,\"compression\":1,"
            + "\"raw_quality\":2403318822551967},\"id\":\"0561fedf-f6fc-4755-ba9d-dfe07d47523b\"}";
    private static final String ACCEPTED =
            "{\"jsonrpc\":\"2.0\",\"result\":{\"raw_quality\":2403318822551967,\"poc_time\":92},\"id\":ID}";
    private static final String STALE = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":"
            + "\"Invalid submission\",\"data\":{\"reason\":\"unexpected block hash, stale submission?\"}},\"id\":ID}";

    @TempDir private Path folder;

    @Test
    void capturedTraffic_isAnsweredAsCaptured() throws Exception {
        int port = ChildProgram.freePort();
        String infoAnswer = "{\"jsonrpc\":\"2.0\",\"result\":" + INFO + ",\"id\":ID}";
        try (ScriptedUpstream chain = new ScriptedUpstream(0, infoAnswer, ACCEPTED);
                ChildProgram program = ChildProgram.serving(folder, port, config(port, chain));
                Socket miner = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(exchange(miner, POLL))
                    .isEqualTo(infoAnswer.replace("ID", "\"1327b8ff-60e5-42e0-b6dd-bd4ccafc34df\""));
            assertThat(exchange(miner, SUBMIT))
                    .isEqualTo(ACCEPTED.replace("ID", "\"0561fedf-f6fc-4755-ba9d-dfe07d47523b\""));
            Await.until("the nonce arrives", () -> chain.submissions().size() == 1);
            assertThat(params(chain.submissions().getFirst())).isEqualTo(params(SUBMIT));
            Await.until("it is confirmed", () -> program.stats().at("/counts/confirmed").asInt() == 1);
        }
    }

    @Test
    void staleRefusalOfATestChain_isNoRejection() throws Exception {
        int port = ChildProgram.freePort();
        String infoAnswer = "{\"jsonrpc\":\"2.0\",\"result\":" + INFO + ",\"id\":ID}";
        try (ScriptedUpstream chain = new ScriptedUpstream(0, infoAnswer, STALE);
                ChildProgram program = ChildProgram.serving(folder, port, config(port, chain));
                Socket miner = new Socket(InetAddress.getLoopbackAddress(), port)) {
            exchange(miner, POLL);
            exchange(miner, SUBMIT);
            Await.until("the nonce arrives", () -> !chain.submissions().isEmpty());
            assertThat(program.stats().at("/counts/rejected").asInt()).isZero();

            chain.verdict(ACCEPTED);

            Await.until("it is sent again", () -> program.stats().at("/counts/confirmed").asInt() == 1);
        }
    }

    private static JsonNode params(String request) {
        return ChildProgram.json(request).at("/params");
    }

    /** One request as the stock miner writes it, and the body of its answer. */
    private static String exchange(Socket miner, String body) throws IOException {
        String request = "POST / HTTP/1.1\r\ncontent-type: application/json\r\naccept: */*\r\n"
                + "user-agent: PoCX-Miner/1.0.0\r\nhost: 127.0.0.1:18090\r\ncontent-length: " + body.length()
                + "\r\n\r\n" + body;
        miner.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = miner.getInputStream();
        String head = readHead(in);
        assertThat(head).startsWith("HTTP/1.1 200").containsIgnoringCase("content-type: application/json");
        int length = head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElseThrow();
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("after %s", head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    private static String config(int port, ScriptedUpstream chain) throws IOException {
        return """
                server:
                  listen_address: "127.0.0.1:%d"
                upstream:
                  rpc_host: "127.0.0.1"
                  rpc_port: %d
                  block_time_secs: 10
                cache:
                  poll_interval_ms: 50
                database:
                  path: "traffic.db"
                dashboard:
                  enabled: true
                  listen_address: "127.0.0.1:%d"
                """
                .formatted(port, chain.uri().getPort(), ChildProgram.freePort());
    }
}
