package org.pocx.aggregator.protocol.jsonrpc;

import java.util.Optional;
import org.pocx.aggregator.core.mining.InvalidFieldException;

/**
 * The error of a JSON-RPC answer.
 *
 * @param code one of {@link RpcCodes}, or any other that a peer sends
 * @param message one line for whoever sent the request
 * @param data more about it, any JSON value
 */
public record RpcError(long code, String message, Optional<RawJson> data) {

    /**
     * An error without data.
     *
     * @param code of JSON-RPC or of the protocol
     * @param message one line for whoever sent the request
     */
    public RpcError(long code, String message) {
        this(code, message, Optional.empty());
    }

    /**
     * {@return an error -32700: the body is no JSON}
     *
     * @param detail what is wrong, without repeating what was sent
     */
    public static RpcError parseError(String detail) {
        return new RpcError(RpcCodes.PARSE_ERROR, "Parse error: " + detail);
    }

    /**
     * {@return an error -32600: the body is JSON, but no request}
     *
     * @param detail what is wrong, without repeating what was sent
     */
    public static RpcError invalidRequest(String detail) {
        return new RpcError(RpcCodes.INVALID_REQUEST, "Invalid request: " + detail);
    }

    /** {@return an error -32601: there are {@code get_mining_info} and {@code submit_nonce}, and no others} */
    public static RpcError methodNotFound() {
        return new RpcError(RpcCodes.METHOD_NOT_FOUND, "Method not found");
    }

    /**
     * {@return an error -32602, with the name of the field as {@code data.field}}
     *
     * @param fault names the field, and what it must be
     */
    public static RpcError invalidParams(InvalidFieldException fault) {
        return new RpcError(
                RpcCodes.INVALID_PARAMS,
                "Invalid params: " + fault.getMessage(),
                Optional.of(new RawJson("{\"field\":" + Json.quote(fault.field()) + "}")));
    }
}
