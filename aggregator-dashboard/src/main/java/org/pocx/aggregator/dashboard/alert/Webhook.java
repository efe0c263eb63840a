package org.pocx.aggregator.dashboard.alert;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.http.outbound.DialFailure;
import org.pocx.aggregator.http.outbound.OutboundCall;
import org.pocx.aggregator.http.outbound.OutboundRoute;
import org.pocx.aggregator.http.outbound.OutboundTarget;

/**
 * Posts messages. Does not follow redirects, because the secret in the URL is only for its host. Failure messages
 * contain no part of the URL.
 *
 * <p>Used by the sender's thread; closed by any thread.
 */
final class Webhook implements AutoCloseable {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(1);

    private final AlertSettings settings;
    private final Duration timeout;
    private final ExecutorService threads;
    private final OutboundRoute route;
    private final HttpClient client;

    /** The result of posting a message. */
    sealed interface Result {

        /** The webhook accepted the message. */
        record Done() implements Result {}

        /** The webhook will never accept the message. */
        record Refused(String reason) implements Result {}

        /**
         * The webhook may accept the message later.
         *
         * @param reason what happened; contains no part of the URL
         * @param retryAfter as requested by the webhook, or zero
         */
        record Failed(String reason, Duration retryAfter) implements Result {}
    }

    Webhook(AlertSettings settings, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("alerts-http-", 0).factory());
        URI url = settings.webhook();
        this.route =
                OutboundRoute.to(OutboundTarget.of(url, url.getHost(), url.getPort()), settings.proxy(), timeout);
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads);
        route.configure(builder);
        this.client = builder.build();
    }

    Result post(byte[] json) throws InterruptedException {
        try (OutboundCall call = route.call()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(route.requestUrl())
                    .header("Content-Type", "application/json")
                    .header("User-Agent", settings.program())
                    .POST(BodyPublishers.ofByteArray(json));
            call.prepare(request);
            return post(request.build(), call);
        }
    }

    private Result post(HttpRequest request, OutboundCall call) throws InterruptedException {
        // The client's own time-out does not include the response body; this one does.
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, BodyHandlers.discarding());
        try {
            HttpResponse<Void> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return call.failure()
                    .or(() -> call.failureIn(response.statusCode(), response.headers()))
                    .map(Webhook::unconnected)
                    .orElseGet(() -> judge(response));
        } catch (TimeoutException e) {
            return new Result.Failed("no answer within " + timeout.toMillis() + " ms", Duration.ZERO);
        } catch (ExecutionException e) {
            return call.failure()
                    .map(Webhook::unconnected)
                    .orElseGet(() -> new Result.Failed(reason(e.getCause()), Duration.ZERO));
        } finally {
            answer.cancel(true);
        }
    }

    private static Result unconnected(DialFailure failure) {
        return new Result.Failed(failure.message(), Duration.ZERO);
    }

    private static Result judge(HttpResponse<Void> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return new Result.Done();
        }
        String reason = "HTTP " + status;
        if (status / 100 == 5 || status == 408 || status == 425 || status == 429) {
            return new Result.Failed(reason, retryAfter(answer));
        }
        return new Result.Refused(status / 100 == 3 ? reason + ", and redirects are not followed" : reason);
    }

    private static Duration retryAfter(HttpResponse<Void> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(asked -> asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER)
                .orElse(Duration.ZERO);
    }

    /** Uses only the type of the exception, because its message may contain a secret. */
    private static String reason(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> "it failed";
            case ConnectException refused -> "no connection";
            case HttpConnectTimeoutException slow -> "no connection in time";
            case SSLException tls -> "TLS failed";
            case IOException io -> "the connection failed";
            default -> cause.getClass().getSimpleName();
        };
    }

    /** Aborts a running request. Idempotent. */
    @Override
    public void close() {
        client.shutdownNow();
        route.close();
        threads.shutdownNow();
    }
}
