package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.upstream.VerdictAnswer;
import org.pocx.aggregator.http.routing.Responses;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.server.BasicAuthChecker.AuthResult;

/** JSON-RPC over HTTP: authenticates the client, reads the body, and sends the reply as an HTTP response. */
final class RpcEndpoint implements HttpHandler {
    private final RequestAuthenticator authenticator;
    private final Supplier<AccessRules> rules;
    private final MachineNames names;
    private final RpcHandler handler;
    private final BodyMemory memory;
    private final VerdictWaits waits;
    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock */
    RpcEndpoint(
            RequestAuthenticator authenticator,
            Supplier<AccessRules> rules,
            MachineNames names,
            RpcHandler handler,
            BodyMemory memory,
            VerdictWaits waits,
            LongSupplier nanoTime) {
        this.waits = waits;
        this.nanoTime = nanoTime;
        this.names = names;
        this.memory = memory;
        this.authenticator = authenticator;
        this.rules = rules;
        this.handler = handler;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        AccessRules now = rules.get();
        InetAddress client = ClientAddress.of(exchange, now::trusts);
        Optional<AuthResult.Granted> granted = authenticator.admit(exchange, client, RpcErrorResponses::unauthorized);
        if (granted.isPresent()) {
            Optional<Duration> wait = WaitPreference.of(exchange.getRequestHeaders());
            MinerId miner = miner(exchange, client, granted.get(), wait.isPresent());
            try (BodyMemory.Reservation reservation = memory.reserve()) {
                answer(exchange, miner, wait, now.maxBodyBytes(), reservation);
            }
        }
    }

    private MinerId miner(HttpExchange exchange, InetAddress client, AuthResult.Granted granted, boolean isAggregator) {
        String name = RequestedName.of(exchange.getRequestHeaders(), granted.name());
        return names.admit(new MinerId(client.getHostAddress(), name),
                isAggregator ? MachineNames.PER_AGGREGATOR : MachineNames.PER_ADDRESS);
    }

    private void answer(
            HttpExchange exchange,
            MinerId miner,
            Optional<Duration> wait,
            int maxBodyBytes,
            BodyMemory.Reservation reservation)
            throws IOException {
        long begun = nanoTime.getAsLong();
        Optional<Reply> reply = BodyReader.read(exchange, maxBodyBytes, reservation)
                .map(body -> handler.handle(body, miner, wait.isPresent()));
        if (reply.isEmpty()) {
            tooLarge(exchange, maxBodyBytes);
            return;
        }
        switch (reply.get()) {
            case Reply.Answer answer when answer.isVerdict() -> verdict(exchange, answer.body());
            case Reply.Answer answer -> Responses.json(exchange, 200, answer.body());
            case Reply.Awaited awaited -> {
                reservation.close(); // the body is not needed any more
                Duration left = wait.orElse(Duration.ZERO).minusNanos(nanoTime.getAsLong() - begun);
                VerdictAnswer answer = waits.await(exchange, miner.address(), awaited.verdict(), left);
                verdict(exchange, VerdictResponses.render(awaited.id(), answer));
            }
            case Reply.Nothing nothing -> Responses.empty(exchange, 204);
            case Reply.Drop drop -> throw new DroppedConnection(drop.reason());
        }
    }

    private static void verdict(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Preference-Applied", "wait");
        Responses.json(exchange, 200, body);
    }

    private static void tooLarge(HttpExchange exchange, int maxBodyBytes) throws IOException {
        RpcError error = RpcError.invalidRequest("the body is larger than " + maxBodyBytes + " bytes");
        RpcErrorResponses.tooLarge(exchange, error);
    }
}
