package org.pocx.aggregator.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;

/** Test data, and messages of captured traffic. */
public final class Samples {
    public static final String BLOCK_HASH = "7e2bf3625c2aaf50ca357c992fe219f37503071db9a25470498cd1620300c033";
    public static final String SIGNATURE = "0000000000000000000000000000000000000000000000000000000000000000";
    public static final String ACCOUNT = "1111111111111111111111111111111111111111";
    public static final String SEED = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";
    public static final long BASE_TARGET = 439_804_651_110L;

    private Samples() {}

    /** The mining info of the captured traffic. */
    public static MiningInfo miningInfo() {
        return new MiningInfo(SIGNATURE, BASE_TARGET, 0, BLOCK_HASH);
    }

    /** The submission of the captured traffic. */
    public static NonceSubmission submission() {
        return NonceSubmission.builder()
                .blockHash(BLOCK_HASH)
                .height(0)
                .generationSignature(SIGNATURE)
                .baseTarget(BASE_TARGET)
                .accountId(ACCOUNT)
                .seed(SEED)
                .nonce(3883)
                .compression(1)
                .rawQuality(2_403_318_822_551_967L)
                .build();
    }

    /** An unchanged message of the captured traffic. */
    public static String traffic(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/traffic/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The request of the captured traffic with one field's JSON replaced. */
    public static String submitWith(String field, String json) {
        return traffic("submit_nonce.request").replaceFirst("\"" + field + "\":(\"[^\"]*\"|[0-9]+)",
                "\"" + field + "\":" + json);
    }
}
