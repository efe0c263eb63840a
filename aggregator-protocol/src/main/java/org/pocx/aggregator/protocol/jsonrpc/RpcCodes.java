package org.pocx.aggregator.protocol.jsonrpc;

/** The error codes of JSON-RPC 2.0 and of PoCX pools and aggregators. */
public final class RpcCodes {
    /** The body is not valid JSON. */
    public static final int PARSE_ERROR = -32700;

    /** The body is JSON, but not a request. */
    public static final int INVALID_REQUEST = -32600;

    /** The method does not exist. */
    public static final int METHOD_NOT_FOUND = -32601;

    /** A parameter is missing or invalid. */
    public static final int INVALID_PARAMS = -32602;

    /** Internal error of the server. */
    public static final int INTERNAL_ERROR = -32603;

    /** Any other error of the server. */
    public static final int SERVER_ERROR = -32000;

    /** The nonce is invalid; or stale, if its reason says so. */
    public static final int INVALID_SUBMISSION = -32001;

    /** The nonce has another height; data: expected, submitted. */
    public static final int WRONG_HEIGHT = -32002;

    /** The round of the nonce has ended. */
    public static final int STALE_SUBMISSION = -32003;

    /** No credentials were sent. */
    public static final int AUTHENTICATION_REQUIRED = -32004;

    /** The credentials are wrong. */
    public static final int INVALID_AUTHENTICATION = -32005;

    /** Too many requests. */
    public static final int RATE_LIMITED = -32006;

    /** The account is not assigned to this pool. */
    public static final int ACCOUNT_NOT_ASSIGNED = -32007;

    private RpcCodes() {}
}
