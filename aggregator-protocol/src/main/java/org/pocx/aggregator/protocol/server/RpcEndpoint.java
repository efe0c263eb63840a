package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.pocx.aggregator.core.mining.MinerId;
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

    RpcEndpoint(
            RequestAuthenticator authenticator,
            Supplier<AccessRules> rules,
            MachineNames names,
            RpcHandler handler,
            BodyMemory memory) {
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
            MinerId miner = miner(exchange, client, granted.get());
            try (BodyMemory.Reservation reservation = memory.reserve()) {
                answer(exchange, miner, now.maxBodyBytes(), reservation);
            }
        }
    }

    private MinerId miner(HttpExchange exchange, InetAddress client, AuthResult.Granted granted) {
        String name = RequestedName.of(exchange.getRequestHeaders(), granted.name());
        return names.admit(new MinerId(client.getHostAddress(), name), MachineNames.PER_ADDRESS);
    }

    private void answer(HttpExchange exchange, MinerId miner, int maxBodyBytes, BodyMemory.Reservation reservation)
            throws IOException {
        Optional<byte[]> body = BodyReader.read(exchange, maxBodyBytes, reservation);
        if (body.isEmpty()) {
            tooLarge(exchange, maxBodyBytes);
            return;
        }
        switch (handler.handle(body.get(), miner)) {
            case Reply.Answer answer -> Responses.json(exchange, 200, answer.body());
            case Reply.Nothing nothing -> Responses.empty(exchange, 204);
            case Reply.Drop drop -> throw new DroppedConnection(drop.reason());
        }
    }

    private static void tooLarge(HttpExchange exchange, int maxBodyBytes) throws IOException {
        RpcError error = RpcError.invalidRequest("the body is larger than " + maxBodyBytes + " bytes");
        RpcErrorResponses.tooLarge(exchange, error);
    }
}
