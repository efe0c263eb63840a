package org.pocx.aggregator.simulator.bench;

import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/** Submissions of a few accounts in turn, whose nonce and quality are written over in place: all have 19 digits. */
final class NonceRequests implements RequestSource {
    private static final int DIGITS = 19;
    private static final byte[] NONCE = Bytes.ascii("\"nonce\":");
    private static final byte[] QUALITY = Bytes.ascii("\"raw_quality\":");

    private final byte[][] requests;
    private final int nonceAt;
    private final int qualityAt;
    private final long step;
    private long nonce;
    private long quality;
    private long left;
    private int turn;

    /**
     * @param accounts theirs in turn, at least one
     * @param step what is added to the quality from nonce to nonce; below 0 each is an improvement
     * @param count after which there are no more
     */
    NonceRequests(
            Target target, BenchRound round, int[] accounts, long firstNonce, long firstQuality, long step,
            long count) {
        this.nonce = firstNonce;
        this.quality = firstQuality;
        this.step = step;
        this.left = count;
        this.requests = new byte[accounts.length][];
        for (int i = 0; i < accounts.length; i++) {
            requests[i] = target.request(RpcRequests.submitNonce(
                    RpcId.of(1), round.nonce(accounts[i], firstNonce, firstQuality)));
        }
        this.nonceAt = behind(NONCE, requests[0]);
        this.qualityAt = behind(QUALITY, requests[0]);
    }

    private static int behind(byte[] name, byte[] request) {
        return Bytes.indexOf(request, name, 0, request.length) + name.length;
    }

    @Override
    public byte @Nullable [] next() {
        if (left == 0) {
            return null;
        }
        left--;
        byte[] request = requests[turn];
        write(nonce++, request, nonceAt);
        write(quality, request, qualityAt);
        quality += step;
        turn = (turn + 1) % requests.length;
        return request;
    }

    private static void write(long number, byte[] into, int at) {
        long rest = number;
        for (int i = at + DIGITS - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
