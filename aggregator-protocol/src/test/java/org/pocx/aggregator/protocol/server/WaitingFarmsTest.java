package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.http.testkit.RawHttpResponse;
import org.pocx.aggregator.protocol.Samples;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;

/** An aggregator that serves other aggregators, which wait for verdicts: the core and the miner port, in real time. */
@Timeout(180)
class WaitingFarmsTest {
    private static final MiningInfo ROUND = round(100);
    private static final int FARMS = 100;
    private static final int ACCOUNTS = 10;

    private final FakeUpstream upstream = new FakeUpstream();
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Aggregator aggregator;
    private MinerServer server;

    @BeforeEach
    void start() {
        upstream.announce(ROUND);
        aggregator = Aggregator.builder()
                .upstream(upstream)
                .mode(SubmissionMode.POOL)
                .build();
        aggregator.start();
        server = MinerServer.start(
                new MinerServerSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "hub", "1")
                        .withRules(new AccessRules(
                                MinerLogins.NONE,
                                List.of(),
                                List.of(Network.parse("127.0.0.0/8").orElseThrow()),
                                20_000,
                                0,
                                0,
                                AccessRules.DEFAULT_MAX_BODY_BYTES)),
                aggregator,
                aggregator::readiness);
        aggregator.miningInfo(new MinerId("10.0.0.1"));
    }

    @AfterEach
    void stop() {
        stopping.set(true);
        released.countDown();
        server.close();
        aggregator.close();
        threads.shutdownNow();
    }

    private static String body(NonceSubmission submission) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"submit_nonce\",\"params\":"
                + MiningCodec.encode(submission).text() + "}";
    }

    private static String request(NonceSubmission submission, String peer, int seconds) {
        return RawHttpClient.post("/", body(submission), "X-Forwarded-For: " + peer, "Prefer: wait=" + seconds);
    }

    private String submit(NonceSubmission submission, int seconds) throws IOException {
        try (RawHttpClient client = new RawHttpClient(server.address())) {
            RawHttpResponse response = client.exchange(request(submission, "10.9.9.9", seconds));
            assertThat(response.headers()).containsEntry("preference-applied", "wait");
            return response.body();
        }
    }

    // --- one nonce, from end to end

    @Test
    void nonceConfirmedWorseThanClaimed_isAnsweredWithTheConfirmedQuality() throws IOException {
        upstream.judge(nonce -> new SubmitOutcome.Accepted(900));

        assertThat(submit(nonce(ROUND, 1, 1, 500), 20)).contains("\"result\":{\"raw_quality\":900,");
    }

    @Test
    void rejectedNonce_isAnsweredWithTheUpstreamsCode_alsoWhenItIsRepeated() throws IOException {
        upstream.judge(nonce -> new SubmitOutcome.Rejected(new UpstreamMessage("PoCX validation failed", "-26"), true));

        assertThat(submit(nonce(ROUND, 1, 1, 500), 20)).contains("\"code\":-26,\"message\":\"PoCX validation failed\"");
        assertThat(submit(nonce(ROUND, 1, 1, 500), 20)).contains("\"code\":-26,\"message\":\"PoCX validation failed\"");
        assertThat(upstream.submitted()).hasSize(1);
    }

    @Test
    void refusedAccount_isAnsweredWithTheUpstreamsCode() throws IOException {
        upstream.judge(nonce -> UpstreamTrouble.accountRefused(new UpstreamMessage("not assigned", "-32007")));

        assertThat(submit(nonce(ROUND, 1, 1, 500), 20)).contains("\"code\":-32007,\"message\":\"not assigned\"");
    }

    @Test
    void staleNonce_isAnsweredSo() throws IOException {
        upstream.judge(nonce -> new SubmitOutcome.Stale(UpstreamMessage.of("another block")));

        assertThat(submit(nonce(ROUND, 1, 1, 500), 20)).contains("\"code\":-32003");
    }

    @Test
    void unreachableUpstream_isHeldAtTheTimeOut_andTheNonceIsForwardedLater() throws IOException {
        upstream.judge(nonce -> UpstreamTrouble.unreachable("connection refused"));

        assertThat(submit(nonce(ROUND, 1, 1, 500), 1)).contains("\"code\":-32006");

        upstream.judge(nonce -> new SubmitOutcome.Accepted(nonce.rawQuality()));
        Await.until("the nonce is confirmed", () -> submitted(nonce(ROUND, 1, 1, 500)).contains("\"raw_quality\":500"));
    }

    private String submitted(NonceSubmission nonce) {
        try {
            return submit(nonce, 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void nonceThatIsNotBetter_isAnsweredAsFiltered() throws IOException {
        submit(nonce(ROUND, 1, 1, 500), 20);

        assertThat(submit(nonce(ROUND, 1, 2, 600), 20)).contains("\"raw_quality\":600,").contains("\"filtered\":true");
        assertThat(upstream.submitted()).hasSize(1);
    }

    // --- many

    @Test
    void thousandNoncesThatWait_delayNoOtherMiner() throws IOException {
        upstream.judge(nonce -> FakeUpstream.hang(released));
        Set<String> confirmed = ConcurrentHashMap.newKeySet();
        for (int farm = 0; farm < FARMS; farm++) {
            for (int account = 0; account < ACCOUNTS; account++) {
                NonceSubmission nonce = nonce(ROUND, farm * ACCOUNTS + account, 1, 500);
                String peer = "10.1.0." + farm;
                threads.execute(() -> askUntilConfirmed(request(nonce, peer, 20), nonce.accountId(), confirmed));
            }
        }
        Await.until("all wait", () -> server.waitingRequests() == FARMS * ACCOUNTS);

        try (RawHttpClient miner = new RawHttpClient(server.address())) {
            for (int i = 0; i < 20; i++) {
                assertThat(miner.exchange(RawHttpClient.post(Samples.traffic("get_mining_info.request"))).body())
                        .contains(ROUND.blockHash());
                assertThat(miner.exchange(RawHttpClient.post(body(nonce(ROUND, 5_000 + i, 1, 600)))).body())
                        .contains("\"raw_quality\":600");
            }
        }
        assertThat(confirmed).isEmpty();

        upstream.judge(nonce -> new SubmitOutcome.Accepted(nonce.rawQuality()));
        released.countDown();
        Await.until("all are confirmed", () -> confirmed.size() == FARMS * ACCOUNTS);
        Await.until("nobody waits", () -> server.waitingRequests() == 0);
    }

    /** As an aggregator does: what is held is asked for again. */
    private void askUntilConfirmed(String request, String account, Set<String> confirmed) {
        try (RawHttpClient client = new RawHttpClient(server.address())) {
            String answer = client.exchange(request).body();
            while (answer.contains("-32006") && !stopping.get()) {
                answer = client.exchange(request).body();
            }
            if (answer.contains("\"result\"")) {
                confirmed.add(account);
            }
        } catch (IOException stopped) {
            throw new UncheckedIOException(stopped);
        }
    }
}
