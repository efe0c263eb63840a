package org.pocx.aggregator.proof;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/** The quality of a nonce as the protocol describes it, without any trick: bytes, and one hash after the other. */
final class SlowProof {
    private static final BigInteger GROUP = BigInteger.valueOf(4096);

    private SlowProof() {}

    static int scoop(Challenge challenge) {
        byte[] hash = SlowShabal.hash(concat(signature(challenge), bigEndian(challenge.height())));
        return ((hash[30] & 0x0F) << 8) | (hash[31] & 0xFF);
    }

    static long quality(PlotNonce nonce, Challenge challenge) {
        byte[] hash = SlowShabal.hash(concat(signature(challenge), scoopOf(nonce, scoop(challenge))));
        return ByteBuffer.wrap(hash).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static byte[] scoopOf(PlotNonce nonce, int s) {
        BigInteger n = new BigInteger(Long.toUnsignedString(nonce.nonce()));
        BigInteger w = n.divide(GROUP);
        int m = n.mod(GROUP).intValue();
        byte[] sum = new byte[64];
        for (int i = 0; i < 1 << nonce.compression(); i++) {
            BigInteger group = w.shiftLeft(nonce.compression()).add(BigInteger.valueOf(i)).multiply(GROUP);
            byte[] part = i % 2 == 0
                    ? scoopOf(uncompressed(nonce, group.add(BigInteger.valueOf(m)).longValue()), s)
                    : scoopOf(uncompressed(nonce, group.add(BigInteger.valueOf(s)).longValue()), m);
            for (int j = 0; j < 64; j++) {
                sum[j] ^= part[j];
            }
        }
        return sum;
    }

    private static byte[] scoopOf(byte[][] hashes, int scoop) {
        return concat(hashes[2 * scoop], hashes[8191 - 2 * scoop]);
    }

    private static byte[][] uncompressed(PlotNonce plot, long n) {
        byte[] tail = concat(
                concat(HexFormat.of().parseHex(plot.seed()), HexFormat.of().parseHex(plot.accountId())), bigEndian(n));
        byte[][] hashes = new byte[8192][];
        for (int i = 8191; i >= 0; i--) {
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            for (int j = i + 1; j < 8192 && message.size() < 4096; j++) {
                message.writeBytes(hashes[j]);
            }
            if (message.size() < 4096) {
                message.writeBytes(tail);
            }
            hashes[i] = SlowShabal.hash(message.toByteArray());
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.asList(hashes).forEach(all::writeBytes);
        all.writeBytes(tail);
        byte[] last = SlowShabal.hash(all.toByteArray());
        for (byte[] hash : hashes) {
            for (int j = 0; j < 32; j++) {
                hash[j] ^= last[j];
            }
        }
        return hashes;
    }

    private static byte[] signature(Challenge challenge) {
        return HexFormat.of().parseHex(challenge.generationSignature());
    }

    private static byte[] bigEndian(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }
}
