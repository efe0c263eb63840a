package org.pocx.aggregator.simulator.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;

/**
 * Adds a fault to a {@link FaultInjector}. {@link #times} and {@link #afterValidation} restrict the fault; the last call
 * names it and adds it.
 *
 * <p>Immutable.
 */
public final class FaultBuilder {
    private final FaultInjector injector;
    private final Optional<String> method;
    private final Optional<String> accountId;
    private final boolean afterValidation;
    private final long times;

    FaultBuilder(
            FaultInjector injector,
            Optional<String> method,
            Optional<String> accountId,
            boolean afterValidation,
            long times) {
        this.injector = injector;
        this.method = method;
        this.accountId = accountId;
        this.afterValidation = afterValidation;
        this.times = times;
    }

    /**
     * {@return a builder of a fault that affects only the next requests; without it, a fault lasts until it is cleared}
     *
     * @param requests 1 or more
     */
    public FaultBuilder times(long requests) {
        return new FaultBuilder(injector, method, accountId, afterValidation, requests);
    }

    /** {@return a builder of a fault that occurs after the chain has validated the nonce: only the answer is lost} */
    public FaultBuilder afterValidation() {
        return new FaultBuilder(injector, method, accountId, true, times);
    }

    /**
     * Answers with a JSON-RPC error and HTTP 200.
     *
     * @param code any code
     * @param message any text
     */
    public void error(long code, String message) {
        add(new Fault.Failure(new RpcError(code, message)));
    }

    /**
     * Answers with any HTTP response.
     *
     * @param status 200 to 599
     * @param contentType any text
     * @param headers in addition to Content-Type and Content-Length
     * @param body sent as UTF-8
     */
    public void http(int status, String contentType, Map<String, String> headers, String body) {
        replace(new NodeResponse.Http(
                status, contentType, Map.copyOf(headers), body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Answers with HTTP 503, "Work queue depth exceeded". */
    public void unavailable() {
        http(503, "text/plain", Map.of(), "Work queue depth exceeded");
    }

    /** Sends bytes that are not HTTP. */
    public void notHttp() {
        replace(new NodeResponse.Raw("\u0016\u0003\u0001 not HTTP\r\n".getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Cuts off the correct answer in the middle of its body. */
    public void truncated() {
        add(new Fault.Truncated());
    }

    /** Never answers, and keeps the connection open. */
    public void hang() {
        replace(new NodeResponse.Hang());
    }

    /**
     * Delays the correct answer.
     *
     * @param delay in real time
     */
    public void delay(Duration delay) {
        add(new Fault.Delayed(delay));
    }

    /** Resets the connection. */
    public void reset() {
        replace(new NodeResponse.Reset());
    }

    /** Closes the connection without an answer. */
    public void close() {
        replace(new NodeResponse.Close());
    }

    private void replace(NodeResponse response) {
        add(new Fault.Replacement(response));
    }

    private void add(Fault fault) {
        injector.add(new FaultRule(method, accountId, afterValidation, times, fault));
    }
}
