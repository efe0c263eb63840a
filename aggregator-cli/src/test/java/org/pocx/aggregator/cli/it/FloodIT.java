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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Heavy;
import org.pocx.aggregator.http.testkit.RawHttpClient;

/** Connections that mean no good, by the thousand, against the packaged program with 256 descriptors. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FloodIT {
    private static final int CONNECTIONS = 1_000;
    private static final int PIPELINING = 200;
    private static final int MANY = 5_000;
    private static final int DESCRIPTORS = 256;

    /** Of the miner, while the others do what they do. */
    private static final int POLLS = 30;

    /** The limit of 30 s, and the time until somebody looks. */
    private static final Duration HELD = Duration.ofSeconds(34);

    private static final String POLL = "{\"jsonrpc\":\"2.0\",\"method\":\"get_mining_info\",\"id\":1}";
    private static final String HASH = "b".repeat(64);
    private static final String SIGNATURE = "a".repeat(64);
    private static final String INFO = "{\"jsonrpc\":\"2.0\",\"result\":{\"generation_signature\":\"" + SIGNATURE
            + "\",\"base_target\":5,\"height\":7,\"block_hash\":\"" + HASH + "\"},\"id\":ID}";
    private static final String RECEIPT =
            "{\"jsonrpc\":\"2.0\",\"result\":{\"raw_quality\":9,\"poc_time\":5},\"id\":ID}";
    private static final byte[] SLOW_HEAD =
            ("POST / HTTP/1.1\r\nhost: x\r\nx: " + "x".repeat(1_000)).getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] UNREAD =
            ("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: " + POLL.length() + "\r\n\r\n" + POLL)
                    .repeat(20)
                    .getBytes(StandardCharsets.ISO_8859_1);

    @TempDir private Path folder;

    private int port;
    private ScriptedUpstream upstream;

    @BeforeEach
    void begin() throws IOException {
        port = ChildProgram.freePort();
        upstream = new ScriptedUpstream(0, INFO, RECEIPT);
    }

    @AfterEach
    void end() {
        upstream.close();
    }

    @Test
    void flood_keepsNobodyOutWhoIsConnectedAndIsForgottenAfter() throws Exception {
        try (ChildProgram program = ChildProgram.servingWith(DESCRIPTORS, folder, port, config())) {
            program.awaitReady();
            try (RawHttpClient miner = RawHttpClient.local(port)) {
                Await.until("it tells of the limit", () -> program.output().contains("ulimit -n"));
                assertThat(miner.postToRoot(POLL).status()).isEqualTo(200);
                try (Peers peers = connect(CONNECTIONS, Kind.values())) {
                    for (int i = 1; i <= POLLS; i++) {
                        poll(miner);
                        if (i % 10 == 0) {
                            peers.act();
                        }
                    }
                }
                assertSubmits(miner);
            }
            assertEndsWell(program);
        }
    }

    @Test
    @Heavy
    void longFlood_isCutAndKeepsNobodyWaitingWhoIsConnected() throws Exception {
        try (ChildProgram program = ChildProgram.servingWith(DESCRIPTORS, folder, port, config())) {
            program.awaitReady();
            try (RawHttpClient miner = RawHttpClient.local(port)) {
                assertThat(miner.postToRoot(POLL).status()).isEqualTo(200);
                try (Peers peers = connect(MANY, Kind.values())) {
                    assertAnsweredSoon(waits(miner, Duration.ofSeconds(8), peers::act));
                }
                try (Peers peers = connect(MANY, Kind.SILENT, Kind.SLOW)) {
                    assertAnsweredSoon(waits(miner, HELD, peers::act));
                    peers.act();
                    assertThat(peers.all).as("all have been cut").isEmpty();
                }
                assertSubmits(miner);
            }
            assertEndsWell(program);
        }
    }

    private void assertSubmits(RawHttpClient miner) throws IOException {
        assertThat(miner.postToRoot(submission(1)).body()).contains("\"result\":{\"raw_quality\":9");
        Await.until("the nonce arrives", () -> !upstream.submissions().isEmpty());
    }

    private void assertEndsWell(ChildProgram program) throws Exception {
        for (int i = 0; i < 50; i++) {
            try (RawHttpClient another = RawHttpClient.local(port)) {
                poll(another);
            }
        }
        assertThat(program.get("/ready").statusCode()).isEqualTo(200);
        assertThat(program.terminate()).isZero();
        assertThat(program.output()).doesNotContain("Exception").doesNotContain("Too many open files");
    }

    private static void poll(RawHttpClient miner) throws IOException {
        assertThat(miner.postToRoot(POLL).body()).contains("\"height\":7");
    }

    /**
     * The processors are what is scarce here, and not the places: all of them are let in. None of the peers is ever without
     * a request on the way, and yet the miner has its turn, again and again.
     */
    @Test
    void pipelining_keepsNobodyWaiting() throws Exception {
        try (ChildProgram program = ChildProgram.serving(folder, port, config())) {
            program.awaitReady();
            try (RawHttpClient miner = RawHttpClient.local(port);
                    PipeliningPeers peers = PipeliningPeers.connect(port, PIPELINING)) {
                poll(miner);
                peers.start();
                for (int i = 0; i < POLLS; i++) {
                    long before = peers.answers();
                    Await.until("the peers are answered, too", () -> peers.answers() > before);
                    poll(miner);
                }
            }
            assertThat(program.terminate()).isZero();
        }
    }

    @Test
    @Heavy
    void pipeliningOfThousands_keepsNobodyWaiting() throws Exception {
        try (ChildProgram program = ChildProgram.serving(folder, port, config())) {
            program.awaitReady();
            try (RawHttpClient miner = RawHttpClient.local(port);
                    PipeliningPeers peers = PipeliningPeers.connect(port, MANY)) {
                poll(miner);
                peers.start();
                assertAnsweredSoon(waits(miner, Duration.ofSeconds(10), () -> {}));
                assertThat(peers.answers()).as("bytes of answers").isGreaterThan(MANY * 1_000L);
            }
            assertThat(program.terminate()).isZero();
        }
    }

    private String config() {
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

        /** False when it has been cut. */
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

    private Peers connect(int number, Kind... kinds) throws IOException {
        List<Peer> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            all.add(connect(kinds[i % kinds.length]));
        }
        return new Peers(all);
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

    private record Peers(List<Peer> all) implements AutoCloseable {
        /** Each does what it does each second; those that have been cut are left out from then on. */
        void act() throws IOException {
            for (Iterator<Peer> peers = all.iterator(); peers.hasNext();) {
                Peer peer = peers.next();
                if (!peer.act()) {
                    peer.channel.close();
                    peers.remove();
                }
            }
        }

        @Override
        public void close() throws IOException {
            for (Peer peer : all) {
                peer.channel.close();
            }
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    /** How long the miner waits for each answer, polling ten times a second, while the others act once a second. */
    private static List<Long> waits(RawHttpClient miner, Duration time, Act others) throws IOException {
        List<Long> waits = new ArrayList<>();
        long begun = System.nanoTime();
        long acted = begun;
        while (System.nanoTime() - begun < time.toNanos()) {
            long asked = System.nanoTime();
            poll(miner);
            waits.add(System.nanoTime() - asked);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            if (System.nanoTime() - acted > Duration.ofSeconds(1).toNanos()) {
                acted = System.nanoTime();
                others.run();
            }
        }
        return waits;
    }

    /** The others on this machine may take the processor from both sides for a moment. */
    private static void assertAnsweredSoon(List<Long> waits) {
        List<Long> millis = waits.stream().map(wait -> wait / 1_000_000).sorted().toList();
        assertThat(millis.get(millis.size() / 2)).as("median of %s", millis).isLessThan(250);
        assertThat(millis.get(millis.size() * 95 / 100)).as("95 %% of %s", millis).isLessThan(1_000);
    }
}
