package org.pocx.aggregator.protocol.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Unreachable;

/**
 * Posts a body and reads the answer, within a deadline that covers both: the time limit of {@code java.net.http} ends
 * with the answer's head. Thread-safe.
 */
final class HttpTransport implements AutoCloseable {
    /** A peer that closed an idle connection says so within a round trip. */
    private static final Duration FAST = Duration.ofSeconds(1);

    /** How the client says that not a byte of the answer came: by these words alone, its exceptions are the same. */
    private static final String NO_BYTES = "received no bytes";

    private static final String UNKNOWN_HOST = "unknown host";

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final RpcUpstreamSettings settings;
    private final IdleConnections idle = new IdleConnections(System::nanoTime);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final UrlTarget target;
    private final HttpClient client;

    HttpTransport(RpcUpstreamSettings settings) {
        this.settings = settings;
        this.target = settings.target();
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .sslContext(UpstreamTls.of(settings.uri()))
                .executor(threads)
                .build();
    }

    /** How posting ended. */
    sealed interface Posted {
        record Answered(HttpAnswer answer) implements Posted {}

        /** @param closedWhileIdle whether it looks like a kept connection that the peer had closed before the call */
        record Failed(Unreachable trouble, boolean closedWhileIdle) implements Posted {}
    }

    /** @param authorization value of the header, or empty for none */
    Posted post(byte[] body, String authorization, Deadline deadline) {
        boolean maybeKept = idle.take();
        long begun = System.nanoTime();
        CompletableFuture<HttpResponse<byte[]>> answer = target.hasUnderscore()
                ? CompletableFuture.supplyAsync(this::resolved, threads)
                        .thenCompose(address -> send(request(address, body, authorization)))
                : send(request(settings.uri(), body, authorization));
        try {
            return new Posted.Answered(read(answer.get(deadline.remaining(), TimeUnit.NANOSECONDS)));
        } catch (TimeoutException late) {
            answer.cancel(true);
            return failed("no complete answer within " + settings.requestTimeout().toMillis() + " ms", true, false);
        } catch (InterruptedException stopped) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return failed("the call was ended by us", false, false);
        } catch (CancellationException closed) {
            return failed("the call was ended by us", false, false);
        } catch (ExecutionException failure) {
            idle.forget();
            return failed(failure.getCause(), maybeKept && System.nanoTime() - begun < FAST.toNanos());
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
        return client.sendAsync(request, head -> new BoundedBody(settings.maxAnswerBytes()));
    }

    private URI resolved() {
        try {
            return target.resolve(settings.uri());
        } catch (UnknownHostException unknown) {
            throw new CompletionException(unknown);
        }
    }

    private HttpRequest request(URI address, byte[] body, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", "pocx-aggregator")
                .POST(BodyPublishers.ofByteArray(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request.build();
    }

    private HttpAnswer read(HttpResponse<byte[]> response) {
        if (response.headers().allValues("Connection").stream().noneMatch("close"::equalsIgnoreCase)) {
            idle.put();
        }
        return new HttpAnswer(
                response.statusCode(),
                response.headers().firstValue("Retry-After"),
                response.headers().firstValue("Location"),
                response.headers().firstValue("Content-Encoding"),
                response.body());
    }

    private Posted failed(@Nullable Throwable failure, boolean maybeIdle) {
        return switch (failure) {
            case HttpConnectTimeoutException slow ->
                failed("no connection within " + settings.connectTimeout().toMillis() + " ms", true, false);
            case ConnectException failed -> connectionFailed(failed);
            case UnknownHostException unknown -> failed(UNKNOWN_HOST, false, false);
            case SSLException tls -> failed(TlsFault.words(tls), false, false);
            case BoundedBody.TooLong tooLong -> failed(words(tooLong), false, false);
            case ProtocolException garbage -> failed("its answer is no HTTP: " + words(garbage), false, false);
            case IOException broken ->
                failed("the connection broke: " + words(broken), false, maybeIdle && words(broken).endsWith(NO_BYTES));
            case RuntimeException odd -> // such as of a Content-Length that is no number
                failed("its answer is no HTTP: " + UpstreamText.clean(String.valueOf(odd.getMessage())), false, false);
            case null, default -> failed("the HTTP client failed: " + failure, false, false);
        };
    }

    private Posted connectionFailed(ConnectException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return failed(UNKNOWN_HOST, false, false);
            }
        }
        String what = "cannot connect: " + (failed.getMessage() == null ? "connection refused" : words(failed));
        return new Posted.Failed(new Unreachable(settings.where() + ": " + what, false, true), false);
    }

    private static String words(IOException failure) {
        String message = failure.getMessage();
        return UpstreamText.clean(message == null ? failure.getClass().getSimpleName() : message);
    }

    private Posted failed(String what, boolean timedOut, boolean closedWhileIdle) {
        return new Posted.Failed(new Unreachable(settings.where() + ": " + what, timedOut), closedWhileIdle);
    }

    /** Ends running calls and the client's threads. Idempotent. */
    @Override
    public void close() {
        client.shutdownNow();
        try {
            client.awaitTermination(CLOSING);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
