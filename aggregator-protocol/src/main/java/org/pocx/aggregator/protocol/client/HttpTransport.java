package org.pocx.aggregator.protocol.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.http.outbound.DialFailure;
import org.pocx.aggregator.http.outbound.OutboundCall;
import org.pocx.aggregator.http.outbound.OutboundRoute;
import org.pocx.aggregator.http.outbound.OutboundTarget;

/**
 * Posts a body and reads the response. The deadline covers both; the timeout of {@code java.net.http} would not cover
 * reading the body. Thread-safe.
 */
final class HttpTransport implements AutoCloseable {
    /** A request on a connection that the peer has closed fails within a round trip, so in less than this. */
    private static final Duration IMMEDIATE = Duration.ofSeconds(1);

    /** The end of the client's message when no byte of a response arrived. The type of the exception does not show it. */
    private static final String NO_BYTES = "received no bytes";

    private static final String UNKNOWN_HOST = "unknown host";

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

    private final RpcUpstreamSettings settings;
    private final IdleConnectionTracker idle = new IdleConnectionTracker(System::nanoTime);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final OutboundRoute route;
    private final HttpClient client;

    HttpTransport(RpcUpstreamSettings settings) {
        this(settings, OutboundRoute.to(target(settings), settings.proxy(), settings.connectTimeout()));
    }

    /** @param route the way to the upstream; closed with this */
    HttpTransport(RpcUpstreamSettings settings, OutboundRoute route) {
        this.settings = settings;
        this.route = route;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .sslContext(UpstreamTls.of(settings.uri()))
                .executor(threads);
        route.configure(builder);
        this.client = builder.build();
    }

    static OutboundTarget target(RpcUpstreamSettings settings) {
        UrlTarget target = settings.target();
        return OutboundTarget.of(settings.uri(), target.host(), target.port());
    }

    /** The result of a POST request. */
    sealed interface PostResult {
        record Answered(UpstreamResponse response) implements PostResult {}

        /** @param closedWhileIdle whether the probable cause is a reused connection that the peer closed while idle */
        record Failed(UpstreamTrouble trouble, boolean closedWhileIdle) implements PostResult {}
    }

    /**
     * Posts.
     *
     * @param authorization the header's value; empty when no header is sent
     * @param headers further ones
     */
    PostResult post(byte[] body, String authorization, Map<String, String> headers, Deadline deadline) {
        try (OutboundCall call = route.call()) {
            return post(request(call, body, authorization, headers), call, deadline);
        }
    }

    private PostResult post(HttpRequest request, OutboundCall call, Deadline deadline) {
        boolean maybeReused = idle.onRequest();
        long start = System.nanoTime();
        CompletableFuture<HttpResponse<byte[]>> response =
                client.sendAsync(request, headers -> new BoundedBodySubscriber(settings.maxResponseBytes()));
        try {
            return answered(response.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS), call);
        } catch (TimeoutException late) {
            response.cancel(true);
            return timedOut("no complete response within " + settings.requestTimeout().toMillis() + " ms");
        } catch (InterruptedException interrupted) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            return failed("the call was cancelled");
        } catch (CancellationException closed) {
            return failed("the call was cancelled");
        } catch (ExecutionException failure) {
            idle.clear();
            boolean immediate = System.nanoTime() - start < IMMEDIATE.toNanos();
            return call.failure()
                    .map(this::failed)
                    .orElseGet(() -> failed(failure.getCause(), maybeReused && immediate));
        }
    }

    private PostResult answered(HttpResponse<byte[]> response, OutboundCall call) {
        Optional<DialFailure> failure =
                call.failure().or(() -> call.failureIn(response.statusCode(), response.headers()));
        return failure.map(this::failed).orElseGet(() -> new PostResult.Answered(read(response)));
    }

    private HttpRequest request(
            OutboundCall call, byte[] body, String authorization, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(route.requestUrl())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", "pocx-aggregator")
                .POST(BodyPublishers.ofByteArray(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        headers.forEach(request::header);
        call.prepare(request);
        return request.build();
    }

    private UpstreamResponse read(HttpResponse<byte[]> response) {
        if (response.headers().allValues("Connection").stream().noneMatch("close"::equalsIgnoreCase)) {
            idle.onConnectionKept();
        }
        return new UpstreamResponse(
                response.statusCode(),
                response.headers().firstValue("Retry-After"),
                response.headers().firstValue("Location"),
                response.headers().firstValue("Content-Encoding"),
                WaitHeaders.isApplied(response.headers().allValues("Preference-Applied")),
                response.body());
    }

    private PostResult failed(@Nullable Throwable failure, boolean maybeClosedWhileIdle) {
        return switch (failure) {
            case HttpConnectTimeoutException slow ->
                timedOut("no connection within " + settings.connectTimeout().toMillis() + " ms");
            case ConnectException failed -> connectionFailed(failed);
            case SSLException tls -> failed(TlsFailureMessage.of(tls));
            case BoundedBodySubscriber.BodyTooLongException tooLong ->
                failed(MessageSanitizer.sanitize(tooLong));
            case ProtocolException invalid -> invalidHttp(invalid);
            case IOException lost -> connectionLost(MessageSanitizer.sanitize(lost), maybeClosedWhileIdle);
            case RuntimeException invalid -> // for example, when Content-Length is not a number
                invalidHttp(invalid);
            case null, default -> failed("the HTTP client failed: " + failure);
        };
    }

    private PostResult invalidHttp(Exception failure) {
        return failed("the response is not valid HTTP: " + MessageSanitizer.sanitize(failure));
    }

    private PostResult connectionLost(String cause, boolean maybeClosedWhileIdle) {
        return unreachable("the connection was lost: " + cause, maybeClosedWhileIdle && cause.endsWith(NO_BYTES));
    }

    private PostResult connectionFailed(ConnectException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return failed(UNKNOWN_HOST);
            }
        }
        String cause = failed.getMessage() == null ? "connection refused" : MessageSanitizer.sanitize(failed);
        return new PostResult.Failed(
                UpstreamTrouble.connectionRefused(settings.where() + ": cannot connect: " + cause), false);
    }

    private PostResult timedOut(String cause) {
        return new PostResult.Failed(UpstreamTrouble.timedOut(settings.whereThrough() + ": " + cause), false);
    }

    private PostResult failed(DialFailure failure) {
        String message = settings.where() + ": " + failure.message();
        if (failure.refused()) {
            return new PostResult.Failed(UpstreamTrouble.connectionRefused(message), false);
        }
        return new PostResult.Failed(
                failure.timedOut() ? UpstreamTrouble.timedOut(message) : UpstreamTrouble.unreachable(message), false);
    }

    private PostResult failed(String cause) {
        return unreachable(cause, false);
    }

    private PostResult unreachable(String cause, boolean closedWhileIdle) {
        return new PostResult.Failed(
                UpstreamTrouble.unreachable(settings.whereThrough() + ": " + cause), closedWhileIdle);
    }

    /** Cancels running calls and stops the client's threads. Idempotent. */
    @Override
    public void close() {
        client.shutdownNow();
        try {
            client.awaitTermination(SHUTDOWN_TIMEOUT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        route.close();
        threads.shutdownNow();
    }
}
