package org.pocx.aggregator.protocol.client;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.protocol.client.Authorization.Header;
import org.pocx.aggregator.protocol.client.HttpTransport.PostResult;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponse;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;

/**
 * A pool or node that is called by JSON-RPC over HTTP or HTTPS (with the JVM's trust store).
 *
 * <p>Thread-safe. A request is repeated once, within the timeout of the call, in two cases: when a reused connection fails
 * at once without a byte of a response, because the upstream has most likely closed it while it was idle; and after a 401
 * when the cookie file has changed. All other retries are up to the aggregator.
 */
public final class RpcUpstream implements Upstream {
    private final RpcUpstreamSettings settings;
    private final Authorization authorization;
    private final HttpTransport transport;
    private final UpstreamResponseInterpreter interpreter;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<String, String> preference;
    private volatile boolean synchronising;
    private volatile boolean waiting;

    /**
     * Creates an upstream that uses the system clock.
     *
     * @param settings URL, credentials and limits
     */
    public RpcUpstream(RpcUpstreamSettings settings) {
        this(settings, WallClock.system());
    }

    /**
     * Creates an upstream; nothing is sent yet.
     *
     * @param settings URL, credentials and limits
     * @param clock the time that dates in Retry-After are compared with
     */
    public RpcUpstream(RpcUpstreamSettings settings, InstantSource clock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.authorization = new Authorization(settings.credentials());
        this.transport = new HttpTransport(settings);
        this.interpreter = new UpstreamResponseInterpreter(
                settings.whereThrough(), settings.kind(), Objects.requireNonNull(clock, "clock"));
        this.preference = WaitHeaders.header(settings.requestTimeout());
    }

    @Override
    public MiningInfoOutcome fetchMiningInfo() {
        RpcId id = RpcId.of(lastId.incrementAndGet());
        return switch (call(RpcRequests.getMiningInfo(id), Map.of())) {
            case Call.Answered(UpstreamResponse response) -> interpreter.miningInfo(response, id);
            case Call.Failed(UpstreamTrouble trouble) -> trouble;
        };
    }

    @Override
    public SubmitOutcome submit(NonceSubmission submission) {
        return submit(submission, preference);
    }

    @Override
    public SubmitOutcome submit(NonceSubmission submission, MinerId machine) {
        Map<String, String> headers = new HashMap<>(preference);
        headers.put("X-Miner", HeaderText.of(machine.id()));
        return submit(submission, headers);
    }

    private SubmitOutcome submit(NonceSubmission submission, Map<String, String> headers) {
        RpcId id = RpcId.of(lastId.incrementAndGet());
        return switch (call(RpcRequests.submitNonce(id, submission), headers)) {
            case Call.Answered(UpstreamResponse response) -> {
                if (response.waited()) {
                    waiting = true;
                }
                yield interpreter.submission(response, id, submission.rawQuality());
            }
            case Call.Failed(UpstreamTrouble trouble) -> trouble;
        };
    }

    @Override
    public boolean waitsForVerdicts() {
        return waiting;
    }

    /**
     * Calls {@code getblockchaininfo}, which a node answers only with valid credentials. Without a response, the last known
     * state is returned.
     */
    @Override
    public boolean isSynchronising() {
        if (settings.credentials() instanceof Credentials.None) {
            return false;
        }
        RpcId id = RpcId.of(lastId.incrementAndGet());
        if (call(RpcRequests.getBlockchainInfo(id), Map.of()) instanceof Call.Answered(UpstreamResponse response)) {
            synchronising = reportsSynchronising(response, id);
        }
        return synchronising;
    }

    private static boolean reportsSynchronising(UpstreamResponse response, RpcId id) {
        return RpcResponses.parse(response.body()) instanceof RpcResponse.Result result
                && result.id().equals(id)
                && result.result().member("initialblockdownload").map(RawJson::text).equals(Optional.of("true"));
    }

    private sealed interface Call {
        record Answered(UpstreamResponse response) implements Call {}

        record Failed(UpstreamTrouble trouble) implements Call {}
    }

    private Call call(byte[] body, Map<String, String> headers) {
        Deadline deadline = Deadline.in(settings.requestTimeout());
        return switch (authorization.header()) {
            case Header.Missing(var trouble) -> new Call.Failed(trouble);
            case Header.Value(String sent) -> {
                Call first = post(body, sent, headers, deadline);
                yield isUnauthorized(first)
                        ? retryWithChangedCredentials(body, sent, headers, deadline, first)
                        : first;
            }
        };
    }

    private Call retryWithChangedCredentials(
            byte[] body, String sent, Map<String, String> headers, Deadline deadline, Call first) {
        return authorization.header() instanceof Header.Value(String changed) && !changed.equals(sent)
                ? post(body, changed, headers, deadline)
                : first;
    }

    private Call post(byte[] body, String authorizationHeader, Map<String, String> headers, Deadline deadline) {
        PostResult result = transport.post(body, authorizationHeader, headers, deadline);
        if (result instanceof PostResult.Failed failed && failed.closedWhileIdle()) {
            result = transport.post(body, authorizationHeader, headers, deadline);
        }
        return switch (result) {
            case PostResult.Answered(UpstreamResponse response) ->
                new Call.Answered(CredentialRedactor.redact(response, authorizationHeader));
            case PostResult.Failed failed -> new Call.Failed(failed.trouble());
        };
    }

    private static boolean isUnauthorized(Call call) {
        return call instanceof Call.Answered(UpstreamResponse response) && response.status() == 401;
    }

    @Override
    public String credentialsStamp() {
        return authorization.stamp();
    }

    @Override
    public void close() {
        transport.close();
    }
}
