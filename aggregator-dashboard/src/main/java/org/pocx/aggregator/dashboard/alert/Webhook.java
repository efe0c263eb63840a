package org.pocx.aggregator.dashboard.alert;

import java.io.IOException;
import java.net.ConnectException;
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

/**
 * Posts one message. Follows no redirect: the URL's token is for its host alone. Messages about failures name no part of the
 * URL.
 *
 * <p>Used by the sender's thread; closed by any.
 */
final class Webhook implements AutoCloseable {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(1);

    private final AlertSettings settings;
    private final Duration timeout;
    private final ExecutorService threads;
    private final HttpClient client;

    Webhook(AlertSettings settings, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("alerts-http-", 0).factory());
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(threads)
                .build();
    }

    Delivery post(byte[] json) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(settings.webhook())
                .header("Content-Type", "application/json")
                .header("User-Agent", settings.program())
                .POST(BodyPublishers.ofByteArray(json))
                .build();
        // The client's own time limit does not cover the answer's body; this one does.
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, BodyHandlers.discarding());
        try {
            return judge(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return new Delivery.Failed("no answer within " + timeout.toMillis() + " ms", Duration.ZERO);
        } catch (ExecutionException e) {
            return new Delivery.Failed(words(e.getCause()), Duration.ZERO);
        } finally {
            answer.cancel(true);
        }
    }

    private static Delivery judge(HttpResponse<Void> answer) {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return new Delivery.Done();
        }
        String words = "HTTP " + status;
        if (status / 100 == 5 || status == 408 || status == 425 || status == 429) {
            return new Delivery.Failed(words, retryAfter(answer));
        }
        return new Delivery.Refused(status / 100 == 3 ? words + ", and redirects are not followed" : words);
    }

    private static Duration retryAfter(HttpResponse<Void> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(asked -> asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER)
                .orElse(Duration.ZERO);
    }

    /** The kind of exception says enough, and its message may quote what is secret. */
    private static String words(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> "it failed";
            case ConnectException refused -> "no connection";
            case HttpConnectTimeoutException slow -> "no connection in time";
            case SSLException tls -> "TLS failed";
            case IOException io -> "the connection broke";
            default -> cause.getClass().getSimpleName();
        };
    }

    /** Ends a request that is running. Idempotent. */
    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
