package org.pocx.aggregator.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.NonceSubmission;

/** Requests: a client writes them, a server reads them. */
public final class RpcRequests {
    /** The maximum number of calls in a batch. */
    public static final int MAX_BATCH = 100;

    private RpcRequests() {}

    /**
     * Parses a request body. Invalid input is returned as a value, never thrown.
     *
     * @param body UTF-8; any other encoding is a parse error
     * @return one call, a batch, or what is wrong with the body
     */
    public static RpcBody parse(byte[] body) {
        try {
            return parse(JsonText.decodeUtf8(body));
        } catch (CharacterCodingException notUtf8) {
            return new RpcBody.Invalid(RpcError.parseError("the body is not UTF-8"));
        }
    }

    private static RpcBody parse(String text) {
        try (JsonParser parser = JsonText.parser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new RpcBody.Invalid(RpcError.parseError("the body is empty"));
            }
            RpcBody body = first == JsonToken.START_ARRAY
                    ? batch(parser, text)
                    : new RpcBody.Single(RpcRequestReader.read(parser, text));
            return body instanceof RpcBody.Invalid || parser.nextToken() == null ? body : trailing();
        } catch (StreamConstraintsException excessive) {
            return new RpcBody.Invalid(RpcError.parseError("nested too deeply, or a number is too long"));
        } catch (JsonProcessingException notJson) {
            return new RpcBody.Invalid(RpcError.parseError("no JSON" + position(notJson)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static RpcBody batch(JsonParser parser, String text) throws IOException {
        List<RpcCall> calls = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (calls.size() == MAX_BATCH) {
                return new RpcBody.Invalid(RpcError.invalidRequest("a batch holds at most " + MAX_BATCH + " requests"));
            }
            calls.add(RpcRequestReader.read(parser, text));
        }
        return calls.isEmpty()
                ? new RpcBody.Invalid(RpcError.invalidRequest("the batch is empty"))
                : new RpcBody.Batch(calls);
    }

    private static String position(JsonProcessingException fault) {
        @Nullable JsonLocation location = fault.getLocation();
        return location == null ? "" : " at character " + location.getCharOffset();
    }

    private static RpcBody trailing() {
        return new RpcBody.Invalid(RpcError.parseError("more than one JSON value"));
    }

    /**
     * {@return a {@code get_mining_info} request as UTF-8}
     *
     * @param id the id, which the response repeats
     */
    public static byte[] getMiningInfo(RpcId id) {
        return request(id, MiningCodec.GET_MINING_INFO, new RawJson("{}"));
    }

    /**
     * {@return a {@code getblockchaininfo} request as UTF-8; a node's response says whether the node is synchronised}
     *
     * @param id the id, which the response repeats
     */
    public static byte[] getBlockchainInfo(RpcId id) {
        return request(id, "getblockchaininfo", new RawJson("{}"));
    }

    /**
     * {@return a {@code submit_nonce} request with named params as UTF-8}
     *
     * @param id the id, which the response repeats
     * @param submission the nonce as the miner sent it
     */
    public static byte[] submitNonce(RpcId id, NonceSubmission submission) {
        return request(id, MiningCodec.SUBMIT_NONCE, MiningCodec.encode(submission));
    }

    /**
     * {@return any request as UTF-8}
     *
     * @param id the id, which the response repeats
     * @param method any text; quoted and escaped here
     * @param params an object or an array
     */
    public static byte[] request(RpcId id, String method, RawJson params) {
        return ("{\"jsonrpc\":\"2.0\",\"method\":" + JsonText.quote(method) + ",\"params\":" + params.text()
                + ",\"id\":"
                + id.json() + "}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
