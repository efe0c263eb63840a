package org.pocx.aggregator.protocol.jsonrpc;

import java.util.Optional;
import org.pocx.aggregator.core.mining.InvalidFieldException;

/**
 * The error of a JSON-RPC response.
 *
 * @param code one of {@link RpcCodes}, or any other code that a peer sends
 * @param message one line for the sender of the request
 * @param data details, any JSON value
 */
public record RpcError(long code, String message, Optional<RawJson> data) {

    /**
     * Creates an error without data.
     *
     * @param code a code of JSON-RPC or of the protocol
     * @param message one line for the sender of the request
     */
    public RpcError(long code, String message) {
        this(code, message, Optional.empty());
    }

    /**
     * {@return an error -32700: the body is not valid JSON}
     *
     * @param detail what is wrong, without quoting the body
     */
    public static RpcError parseError(String detail) {
        return new RpcError(RpcCodes.PARSE_ERROR, "Parse error: " + detail);
    }

    /**
     * {@return an error -32600: the body is JSON, but not a request}
     *
     * @param detail what is wrong, without quoting the body
     */
    public static RpcError invalidRequest(String detail) {
        return new RpcError(RpcCodes.INVALID_REQUEST, "Invalid request: " + detail);
    }

    /** {@return an error -32601: the method is neither {@code get_mining_info} nor {@code submit_nonce}} */
    public static RpcError methodNotFound() {
        return new RpcError(RpcCodes.METHOD_NOT_FOUND, "Method not found");
    }

    /**
     * {@return an error -32602, with the name of the field as {@code data.field}}
     *
     * @param fault the invalid field and the reason
     */
    public static RpcError invalidParams(InvalidFieldException fault) {
        return new RpcError(
                RpcCodes.INVALID_PARAMS,
                "Invalid params: " + fault.getMessage(),
                Optional.of(new RawJson("{\"field\":" + JsonText.quote(fault.field()) + "}")));
    }
}
