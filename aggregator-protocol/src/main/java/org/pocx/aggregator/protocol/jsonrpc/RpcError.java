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

    /** An error without data. */
    public RpcError(long code, String message) {
        this(code, message, Optional.empty());
    }

    /** -32700: the body is no JSON. */
    public static RpcError parseError(String detail) {
        return new RpcError(RpcCodes.PARSE_ERROR, "Parse error: " + detail);
    }

    /** -32600: the body is JSON, but no request. */
    public static RpcError invalidRequest(String detail) {
        return new RpcError(RpcCodes.INVALID_REQUEST, "Invalid request: " + detail);
    }

    /** -32601: there are {@code get_mining_info} and {@code submit_nonce}, and no others. */
    public static RpcError methodNotFound() {
        return new RpcError(RpcCodes.METHOD_NOT_FOUND, "Method not found");
    }

    /** -32602, with the name of the field as {@code data.field}. */
    public static RpcError invalidParams(InvalidFieldException fault) {
        return new RpcError(
                RpcCodes.INVALID_PARAMS,
                "Invalid params: " + fault.getMessage(),
                Optional.of(new RawJson("{\"field\":" + Json.quote(fault.field()) + "}")));
    }
}
