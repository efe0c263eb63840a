package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.protocol.jsonrpc.RpcAnswers;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.server.BasicAuth.Access;

/** JSON-RPC over HTTP: who asks, what does the body hold, and the reply as an HTTP answer. */
final class RpcEndpoint implements Endpoint {
    private final BasicAuth auth;
    private final int maxBodyBytes;
    private final RpcHandler handler;

    RpcEndpoint(BasicAuth auth, int maxBodyBytes, RpcHandler handler) {
        this.auth = auth;
        this.maxBodyBytes = maxBodyBytes;
        this.handler = handler;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        switch (auth.check(exchange.getRequestHeaders())) {
            case Access.Granted granted -> answer(exchange, granted.label());
            case Access.Denied denied -> BasicAuth.deny(exchange, denied);
        }
    }

    private void answer(HttpExchange exchange, String label) throws IOException {
        Optional<byte[]> body = RequestBody.read(exchange, maxBodyBytes);
        if (body.isEmpty()) {
            tooLarge(exchange);
            return;
        }
        MinerId miner = new MinerId(PeerAddress.text(exchange.getRemoteAddress()), label);
        switch (handler.handle(body.get(), miner)) {
            case Reply.Answer answer -> Responses.json(exchange, 200, answer.body());
            case Reply.Nothing nothing -> Responses.noContent(exchange);
            case Reply.Drop drop -> throw new DroppedConnection(drop.reason());
        }
    }

    private void tooLarge(HttpExchange exchange) throws IOException {
        RpcError error = RpcError.invalidRequest("the body is larger than " + maxBodyBytes + " bytes");
        Responses.lastJson(exchange, 413, RpcAnswers.error(RpcId.NULL, error));
    }
}
