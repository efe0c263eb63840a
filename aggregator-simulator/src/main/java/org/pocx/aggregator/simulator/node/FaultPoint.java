package org.pocx.aggregator.simulator.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;

/**
 * Where a fault strikes; its last word says which. {@link #times} and {@link #afterJudging} narrow it down before.
 *
 * <p>Immutable.
 */
public final class FaultPoint {
    private static final String HTML = "<html><body><h1>It works, or not</h1></body></html>\n";

    private final FaultRules faults;
    private final @Nullable String method;
    private final @Nullable String accountId;
    private final long times;
    private final boolean afterwards;

    FaultPoint(FaultRules faults, @Nullable String method, @Nullable String accountId) {
        this(faults, method, accountId, FaultRule.FOR_EVER, false);
    }

    private FaultPoint(
            FaultRules faults, @Nullable String method, @Nullable String accountId, long times, boolean afterwards) {
        this.faults = faults;
        this.method = method;
        this.accountId = accountId;
        this.times = times;
        this.afterwards = afterwards;
    }

    /**
     * {@return this point for the next so many requests only; without this, a fault strikes until cleared}
     *
     * @param requests at least 1
     */
    public FaultPoint times(long requests) {
        return new FaultPoint(faults, method, accountId, requests, afterwards);
    }

    /** {@return this point after the chain has judged the nonce, so that only its answer is lost} */
    public FaultPoint afterJudging() {
        return new FaultPoint(faults, method, accountId, times, true);
    }

    /**
     * Answers a JSON-RPC error, with HTTP 200.
     *
     * @param code any, of the protocol or not
     * @param message any text
     */
    public void error(long code, String message) {
        add(new Fault.Failure(200, new RpcError(code, message)));
    }

    /**
     * Answers a JSON-RPC error with data, any JSON value, with HTTP 200.
     *
     * @param code any, of the protocol or not
     * @param message any text
     * @param dataJson valid JSON, which is not checked
     */
    public void error(long code, String message, String dataJson) {
        add(new Fault.Failure(200, new RpcError(code, message, Optional.of(new RawJson(dataJson)))));
    }

    /**
     * Answers a JSON-RPC error with HTTP 500, as older nodes do.
     *
     * @param code any, of the protocol or not
     * @param message any text
     */
    public void errorWithStatus500(long code, String message) {
        add(new Fault.Failure(500, new RpcError(code, message)));
    }

    /**
     * Answers any HTTP message.
     *
     * @param status 200 to 599
     * @param contentType sent as it is
     * @param headers beside Content-Type and Content-Length
     * @param body sent as UTF-8
     */
    public void http(int status, String contentType, Map<String, String> headers, String body) {
        instead(new NodeReply.Answer(
                status, contentType, Map.copyOf(headers), body.getBytes(StandardCharsets.UTF_8)));
    }

    /** HTTP 503, "Work queue depth exceeded". */
    public void unavailable() {
        http(503, "text/plain", Map.of(), "Work queue depth exceeded");
    }

    /**
     * HTTP 503 with Retry-After in whole seconds.
     *
     * @param retryAfter what is below a second is cut
     */
    public void unavailable(Duration retryAfter) {
        http(503, "text/plain", retryAfter(retryAfter), "Work queue depth exceeded");
    }

    /**
     * HTTP 429 with Retry-After in whole seconds.
     *
     * @param retryAfter what is below a second is cut
     */
    public void tooManyRequests(Duration retryAfter) {
        http(429, "text/plain", retryAfter(retryAfter), "Too many requests");
    }

    /** HTTP 500 with a page in HTML. */
    public void html500() {
        http(500, "text/html", Map.of(), HTML);
    }

    /** HTTP 200 with a page in HTML, as from a captive portal. */
    public void html200() {
        http(200, "text/html", Map.of(), HTML);
    }

    /** HTTP 200 with a body that says it is JSON, and is not. */
    public void garbage() {
        http(200, "application/json", Map.of(), "{\"jsonrpc\":\"2.0\",\"result\":{{\u0000");
    }

    /** Bytes that are not HTTP. */
    public void notHttp() {
        instead(new NodeReply.Raw("\u0016\u0003\u0001 no HTTP here\r\n".getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** The right answer, cut off in the middle of its body. */
    public void truncated() {
        add(new Fault.CutShort());
    }

    /** No answer ever, on a connection that stays open. It takes none of a node's threads. */
    public void hang() {
        instead(new NodeReply.Silence());
    }

    /**
     * The right answer, late, by the clock.
     *
     * @param delay on top of what the answer takes
     */
    public void delay(Duration delay) {
        add(new Fault.Late(delay));
    }

    /** A reset connection. */
    public void reset() {
        instead(new NodeReply.Reset());
    }

    /** A connection closed without an answer. */
    public void close() {
        instead(new NodeReply.Close());
    }

    /** Takes back every fault that was told of exactly this method and account. */
    public void clear() {
        faults.clear(method, accountId);
    }

    private static Map<String, String> retryAfter(Duration wait) {
        return Map.of("retry-after", Long.toString(wait.toSeconds()));
    }

    private void instead(NodeReply reply) {
        add(new Fault.Instead(reply));
    }

    private void add(Fault fault) {
        faults.add(new FaultRule(method, accountId, afterwards, times, fault));
    }
}
