package org.pocx.aggregator.simulator.bench;

import java.nio.charset.StandardCharsets;

/** Submissions whose nonce and quality are written over in place. */
final class NonceRequests implements RequestSource {
    private static final int DIGITS = 19;

    private final byte[][] requests;
    private final int[] nonceAt;
    private final int[] qualityAt;
    private final long step;
    private long nonce;
    private long quality;
    private int turn;

    NonceRequests(byte[][] requests, long firstNonce, long firstQuality, long step) {
        this.requests = requests;
        this.nonce = firstNonce;
        this.quality = firstQuality;
        this.step = step;
        this.nonceAt = new int[requests.length];
        this.qualityAt = new int[requests.length];
        for (int i = 0; i < requests.length; i++) {
            String text = new String(requests[i], StandardCharsets.US_ASCII);
            nonceAt[i] = text.indexOf("\"nonce\":") + "\"nonce\":".length();
            qualityAt[i] = text.indexOf("\"raw_quality\":") + "\"raw_quality\":".length();
        }
    }

    @Override
    public byte[] next() {
        byte[] request = requests[turn];
        write(nonce++, request, nonceAt[turn]);
        write(quality, request, qualityAt[turn]);
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
