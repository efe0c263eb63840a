package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;

/** 5,000 connections that mean no good, against the packaged program with 256 descriptors. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FloodIT {
    private static final int CONNECTIONS = 5_000;
    private static final int PIPELINING = 5_000;
    private static final int DESCRIPTORS = 256;

    /** The limit of 30 s, and the time until somebody looks. */
    private static final Duration HELD = Duration.ofSeconds(34);

    private static final String POLL = "{\"jsonrpc\":\"2.0\",\"method\":\"get_mining_info\",\"id\":1}";
    private static final String HASH = "b".repeat(64);
    private static final String SIGNATURE = "a".repeat(64);
    private static final String INFO = "{\"jsonrpc\":\"2.0\",\"result\":{\"generation_signature\":\"" + SIGNATURE
            + "\",\"base_target\":5,\"height\":7,\"block_hash\":\"" + HASH + "\"},\"id\":ID}";
    private static final byte[] SLOW_HEAD =
            ("POST / HTTP/1.1\r\nx: " + "x".repeat(1_000)).getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] UNREAD = ("POST / HTTP/1.1\r\ncontent-length: " + POLL.length() + "\r\n\r\n" + POLL)
            .repeat(20)
            .getBytes(StandardCharsets.ISO_8859_1);

    @TempDir private Path folder;

    private int port;

    @Test
    void flood_keepsNobodyOutWhoIsConnectedAndIsForgottenAfter() throws Exception {
        port = ChildProgram.freePort();
        String receipt = "{\"jsonrpc\":\"2.0\",\"result\":{\"raw_quality\":9,\"poc_time\":5},\"id\":ID}";
        try (ScriptedUpstream upstream = new ScriptedUpstream(0, INFO, receipt);
                ChildProgram program = ChildProgram.servingWith(DESCRIPTORS, folder, port, config(upstream))) {
            program.awaitReady();
            try (Wire miner = new Wire(port)) {
                Await.until("it tells of the limit", () -> program.output().contains("ulimit -n"));
                flood(miner, Kind.values(), Duration.ofSeconds(8));
                flood(miner, new Kind[] {Kind.SILENT, Kind.SLOW}, HELD);
                assertThat(miner.post(submission(1)).body()).contains("\"result\":{\"raw_quality\":9");
                Await.until("the nonce arrives", () -> !upstream.submissions().isEmpty());
            }
            for (int i = 0; i < 50; i++) {
                try (Wire another = new Wire(port)) {
                    assertThat(another.post(POLL).body()).contains("\"height\":7");
                }
            }
            assertThat(program.get("/ready").statusCode()).isEqualTo(200);
            assertThat(program.terminate()).isZero();
            assertThat(program.output()).doesNotContain("Exception").doesNotContain("Too many open files");
        }
    }

    /** The processors are what is scarce here, and not the places: all of them are let in. */
    @Test
    void pipelining_keepsNobodyWaiting() throws Exception {
        port = ChildProgram.freePort();
        try (ScriptedUpstream upstream = new ScriptedUpstream(0, INFO, "");
                ChildProgram program = ChildProgram.serving(folder, port, config(upstream))) {
            program.awaitReady();
            try (Wire miner = new Wire(port);
                    PipeliningPeers peers = PipeliningPeers.connect(port, PIPELINING)) {
                assertThat(miner.post(POLL).status()).isEqualTo(200);
                peers.start();
                List<Long> waits = new ArrayList<>();
                long begun = System.nanoTime();
                while (System.nanoTime() - begun < Duration.ofSeconds(10).toNanos()) {
                    long asked = System.nanoTime();
                    assertThat(miner.post(POLL).body()).contains("\"height\":7");
                    waits.add(System.nanoTime() - asked);
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
                assertThat(peers.answers()).as("bytes of answers").isGreaterThan(PIPELINING * 1_000L);
                assertAnsweredSoon(waits);
            }
            assertThat(program.terminate()).isZero();
        }
    }

    private String config(ScriptedUpstream upstream) {
        return """
                listen_address: "127.0.0.1:%d"
                upstream: { url: "%s" }
                cache: { poll_interval_ms: 200 }
                database: { path: "flood.db" }
                dashboard: { listen_address: "127.0.0.1:%d" }
                logging: { file: "flood.log" }
                """
                .formatted(port, upstream.uri(), freePort());
    }

    private static int freePort() {
        try {
            return ChildProgram.freePort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String submission(long nonce) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"submit_nonce\",\"params\":{\"block_hash\":\"" + HASH
                + "\",\"height\":7,\"generation_signature\":\"" + SIGNATURE + "\",\"base_target\":5,\"account_id\":\""
                + "c".repeat(40) + "\",\"seed\":\"" + "d".repeat(64) + "\",\"nonce\":" + nonce
                + ",\"compression\":1,\"raw_quality\":9},\"id\":1}";
    }

    private enum Kind {
        SILENT,
        SLOW,
        DEAF
    }

    private static final class Peer {
        private final SocketChannel channel;
        private final Kind kind;
        private int sent;

        Peer(SocketChannel channel, Kind kind) {
            this.channel = channel;
            this.kind = kind;
        }

        /** Does what it does each second; false when it has been cut. */
        boolean act() {
            try {
                if (kind == Kind.SLOW) {
                    sent += channel.write(ByteBuffer.wrap(SLOW_HEAD, sent % SLOW_HEAD.length, 1));
                } else if (kind == Kind.DEAF) {
                    sent += channel.write(ByteBuffer.wrap(UNREAD));
                    return true;
                }
                return channel.read(ByteBuffer.allocate(64)) >= 0;
            } catch (IOException cut) {
                return false;
            }
        }
    }

    /** Holds the flood up for so long, while the miner polls ten times a second. */
    private void flood(Wire miner, Kind[] kinds, Duration time) throws IOException {
        List<Peer> peers = new ArrayList<>();
        List<Long> waits = new ArrayList<>();
        try {
            assertThat(miner.post(POLL).status()).isEqualTo(200);
            for (int i = 0; i < CONNECTIONS; i++) {
                peers.add(connect(kinds[i % kinds.length]));
            }
            long begun = System.nanoTime();
            long acted = begun;
            while (System.nanoTime() - begun < time.toNanos()) {
                long asked = System.nanoTime();
                assertThat(miner.post(POLL).body()).contains("\"height\":7");
                waits.add(System.nanoTime() - asked);
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                if (System.nanoTime() - acted > Duration.ofSeconds(1).toNanos()) {
                    acted = System.nanoTime();
                    prune(peers);
                }
            }
            if (time.equals(HELD)) {
                prune(peers);
                assertThat(peers).as("all have been cut").isEmpty();
            }
        } finally {
            for (Peer peer : peers) {
                peer.channel.close();
            }
        }
        assertAnsweredSoon(waits);
    }

    /** The others on this machine may take the processor from both sides for a moment. */
    private static void assertAnsweredSoon(List<Long> waits) {
        waits.sort(null);
        List<Long> millis = waits.stream().map(wait -> wait / 1_000_000).toList();
        assertThat(millis.get(millis.size() / 2)).as("median of %s", millis).isLessThan(250);
        assertThat(millis.get(millis.size() * 95 / 100)).as("95 %% of %s", millis).isLessThan(1_000);
    }

    private static void prune(List<Peer> peers) throws IOException {
        for (Iterator<Peer> all = peers.iterator(); all.hasNext();) {
            Peer peer = all.next();
            if (!peer.act()) {
                peer.channel.close();
                all.remove();
            }
        }
    }

    private Peer connect(Kind kind) throws IOException {
        SocketChannel channel = SocketChannel.open();
        if (kind == Kind.DEAF) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        }
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        return new Peer(channel, kind);
    }
}
