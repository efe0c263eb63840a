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
import org.pocx.aggregator.protocol.server.BasicAuth.Access;

/**
 * Asks for credentials, and lets those wait that guess. Right credentials pass at once, whatever came before from that
 * address. At most {@value #MAX_WAITING} wait at a time, so that guessers hold few connections; further ones are refused
 * at once and lose theirs.
 *
 * <p>Thread-safe.
 */
final class Doorman {
    static final int MAX_WAITING = 32;

    private final Supplier<BasicAuth> auth;
    private final Guesses guesses;
    private final Pause pause;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final SeldomLog log;

    /** A pause of the calling thread. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    Doorman(Supplier<BasicAuth> auth, LongSupplier nanoTime, Pause pause, SeldomLog log) {
        this.auth = auth;
        this.guesses = new Guesses(nanoTime);
        this.pause = pause;
        this.log = log;
    }

    static Pause realPause() {
        return time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    /**
     * Checks the request's credentials; where they are wrong or missing, answers it after the pause that is due.
     *
     * @param refusal writes the answer
     * @return who it is, when the request may go on
     */
    Optional<Access.Granted> admit(HttpExchange exchange, InetAddress client, Refusal refusal) throws IOException {
        return switch (auth.get().check(exchange.getRequestHeaders())) {
            case Access.Granted granted -> Optional.of(granted);
            case Access.Denied denied -> {
                if (denied.guessed()) {
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
        Duration time = guesses.wrong(client);
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
