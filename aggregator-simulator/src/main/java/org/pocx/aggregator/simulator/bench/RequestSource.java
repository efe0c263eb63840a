package org.pocx.aggregator.simulator.bench;

import java.nio.charset.StandardCharsets;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/** The requests of one connection, whole with their heads, one after the other. For one thread. */
interface RequestSource {

    /** The next request; written to only by the next call. */
    byte[] next();

    /** The same request for ever: {@code get_mining_info}. */
    static RequestSource polls() {
        byte[] request = whole(RpcRequests.getMiningInfo(RpcId.of(1)));
        return () -> request;
    }

    /**
     * Nonces of a few accounts in turn, each of another number; only digits change from one to the next.
     *
     * @param firstNonce 19 digits
     * @param accounts the numbers of this connection's accounts
     * @param firstQuality 19 digits
     * @param step what is added to the quality from nonce to nonce; below 0 each is an improvement
     */
    static RequestSource nonces(long firstNonce, int[] accounts, long firstQuality, long step) {
        byte[][] requests = new byte[accounts.length][];
        for (int i = 0; i < accounts.length; i++) {
            requests[i] = whole(RpcRequests.submitNonce(
                    RpcId.of(1), BenchRound.nonce(accounts[i], firstNonce, firstQuality)));
        }
        return new NonceRequests(requests, firstNonce, firstQuality, step);
    }

    private static byte[] whole(byte[] body) {
        byte[] head = ("POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
                + "user-agent: PoCX-Miner/1.0.0\r\ncontent-length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }
}
