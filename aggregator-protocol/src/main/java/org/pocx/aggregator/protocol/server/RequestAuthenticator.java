package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.server.BasicAuthChecker.AuthResult;

/**
 * Requires credentials, and delays the answer to wrong ones. Correct credentials are never delayed, whatever came
 * before from that address. At most {@value #MAX_WAITING} answers are delayed at a time, so that password guessing
 * occupies few connections; beyond that, wrong credentials are answered at once and the connection is closed.
 *
 * <p>Thread-safe.
 */
final class RequestAuthenticator {
    static final int MAX_WAITING = 32;

    private final Supplier<BasicAuthChecker> auth;
    private final FailedLoginThrottle throttle;
    private final Pause pause;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final RateLimitedLog log;

    /** Delays the calling thread. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    RequestAuthenticator(Supplier<BasicAuthChecker> auth, LongSupplier nanoTime, Pause pause, RateLimitedLog log) {
        this.auth = auth;
        this.throttle = new FailedLoginThrottle(nanoTime);
        this.pause = pause;
        this.log = log;
    }

    static Pause realPause() {
        return time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    /**
     * Checks the credentials of a request. If they are wrong or missing, answers the request, after a delay if they are
     * wrong.
     *
     * @param refusal writes the response
     * @return the authenticated user, or empty if the request has been answered
     */
    Optional<AuthResult.Granted> admit(HttpExchange exchange, InetAddress client, Refusal refusal) throws IOException {
        return switch (auth.get().check(exchange.getRequestHeaders())) {
            case AuthResult.Granted granted -> Optional.of(granted);
            case AuthResult.Denied denied -> {
                if (denied.wrong()) {
                    delay(exchange, PeerAddress.text(client));
                }
                exchange.getResponseHeaders()
                        .set("WWW-Authenticate", "Basic realm=\"pocx-aggregator\", charset=\"UTF-8\"");
                refusal.answer(exchange, denied.error());
                yield Optional.empty();
            }
        };
    }

    /** Writes a 401. */
    @FunctionalInterface
    interface Refusal {
        void answer(HttpExchange exchange, RpcError error) throws IOException;
    }

    private void delay(HttpExchange exchange, String client) throws IOException {
        log.warn("Wrong credentials from " + client);
        Duration time = throttle.wrong(client);
        if (!waiting.tryAcquire()) {
            exchange.getResponseHeaders().set("Connection", "close");
            return;
        }
        try {
            pause.of(time);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new DroppedConnection("the server is closing");
        } finally {
            waiting.release();
        }
    }
}
