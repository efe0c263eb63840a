package org.pocx.aggregator.protocol.client;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.protocol.client.Authorization.Header;
import org.pocx.aggregator.protocol.client.HttpTransport.Posted;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcAnswer;
import org.pocx.aggregator.protocol.jsonrpc.RpcAnswers;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/**
 * A pool or wallet that speaks JSON-RPC over HTTP or HTTPS (with the JVM's trust store).
 *
 * <p>Thread-safe. Within the time limit of a call two things are tried once more: a request on a kept connection that
 * broke at once without a byte, for the upstream has most likely closed it while it was idle; and one that got a 401
 * while the cookie file holds something new. Everything else is for the aggregator to repeat.
 */
public final class RpcUpstream implements Upstream {
    private final RpcUpstreamSettings settings;
    private final Authorization authorization;
    private final HttpTransport transport;
    private final ErrorTaxonomy taxonomy;
    private final AtomicLong lastId = new AtomicLong();
    private volatile boolean synchronising;

    /**
     * An upstream on the system's clock.
     *
     * @param settings where to call, and with what
     */
    public RpcUpstream(RpcUpstreamSettings settings) {
        this(settings, WallClock.system());
    }

    /**
     * An upstream that has not been called yet.
     *
     * @param settings where to call, and with what
     * @param clock what dates in Retry-After are held against
     */
    public RpcUpstream(RpcUpstreamSettings settings, InstantSource clock) {
        this.settings = settings;
        this.authorization = new Authorization(settings.credentials());
        this.transport = new HttpTransport(settings);
        this.taxonomy = new ErrorTaxonomy(settings.where(), clock);
    }

    @Override
    public MiningInfoOutcome fetchMiningInfo() {
        RpcId id = RpcId.of(lastId.incrementAndGet());
        return switch (call(RpcRequests.getMiningInfo(id))) {
            case Call.Answered(HttpAnswer answer) -> taxonomy.miningInfo(answer, id);
            case Call.Failed(UpstreamTrouble trouble) -> trouble;
        };
    }

    @Override
    public SubmitOutcome submit(NonceSubmission submission) {
        RpcId id = RpcId.of(lastId.incrementAndGet());
        return switch (call(RpcRequests.submitNonce(id, submission))) {
            case Call.Answered(HttpAnswer answer) -> taxonomy.submission(answer, id, submission.rawQuality());
            case Call.Failed(UpstreamTrouble trouble) -> trouble;
        };
    }

    /**
     * Asks {@code getblockchaininfo}, which a node answers to those who have its credentials. Where no answer comes, what it said
     * last counts.
     */
    @Override
    public boolean isSynchronising() {
        if (settings.credentials() instanceof Credentials.None) {
            return false;
        }
        RpcId id = RpcId.of(lastId.incrementAndGet());
        if (call(RpcRequests.getBlockchainInfo(id)) instanceof Call.Answered(HttpAnswer answer)) {
            synchronising = saysSo(answer, id);
        }
        return synchronising;
    }

    private static boolean saysSo(HttpAnswer answer, RpcId id) {
        return RpcAnswers.parse(answer.body()) instanceof RpcAnswer.Result result
                && result.id().equals(id)
                && result.result().member("initialblockdownload").map(RawJson::text).equals(Optional.of("true"));
    }

    private sealed interface Call {
        record Answered(HttpAnswer answer) implements Call {}

        record Failed(UpstreamTrouble trouble) implements Call {}
    }

    private Call call(byte[] body) {
        Deadline deadline = Deadline.in(settings.requestTimeout());
        return switch (authorization.now()) {
            case Header.Missing(var trouble) -> new Call.Failed(trouble);
            case Header.Value(String sent) -> {
                Call first = post(body, sent, deadline);
                yield isUnauthorized(first) ? again(body, sent, deadline, first) : first;
            }
        };
    }

    /** Once more after a 401, if the credentials are other ones by now. */
    private Call again(byte[] body, String sent, Deadline deadline, Call first) {
        return authorization.now() instanceof Header.Value(String fresh) && !fresh.equals(sent)
                ? post(body, fresh, deadline)
                : first;
    }

    private Call post(byte[] body, String authorizationHeader, Deadline deadline) {
        Posted posted = transport.post(body, authorizationHeader, deadline);
        if (posted instanceof Posted.Failed failed && failed.closedWhileIdle()) {
            posted = transport.post(body, authorizationHeader, deadline);
        }
        return switch (posted) {
            case Posted.Answered(HttpAnswer answer) ->
                new Call.Answered(Redaction.apply(answer, authorizationHeader));
            case Posted.Failed failed -> new Call.Failed(failed.trouble());
        };
    }

    private static boolean isUnauthorized(Call call) {
        return call instanceof Call.Answered(HttpAnswer answer) && answer.status() == 401;
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
