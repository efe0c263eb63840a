package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.hash;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.NonceId;

class SeenNoncesTest {
    private final SeenNonces memory = new SeenNonces();

    @Test
    void sameNonce_isKnown() {
        assertThat(memory.add(nonce(1))).isTrue();
        assertThat(memory.add(nonce(1))).isFalse();
    }

    @Test
    void eachPartOfTheIdentity_tellsNoncesApart() {
        memory.add(id(1, 1, 1, 1));

        assertThat(memory.add(id(2, 1, 1, 1))).isTrue();
        assertThat(memory.add(id(1, 2, 1, 1))).isTrue();
        assertThat(memory.add(id(1, 1, 2, 1))).isTrue();
        assertThat(memory.add(id(1, 1, 1, 2))).isTrue();
    }

    @Test
    void manyNonces_areAllRemembered_upToTheLimit() {
        int many = SeenNonces.GENERATION / 2;
        for (int i = 0; i < many; i++) {
            assertThat(memory.add(nonce(i))).isTrue();
        }
        for (int i = 0; i < many; i++) {
            assertThat(memory.add(nonce(i))).isFalse();
        }
    }

    @Test
    void beyondTheLimit_theOldestAreForgotten() {
        memory.add(nonce(-1));
        for (int i = 0; i < 3 * SeenNonces.GENERATION; i++) {
            memory.add(nonce(i));
        }

        assertThat(memory.add(nonce(-1))).isTrue();
    }

    @Test
    void otherClaimSignatureOrOutputs_areAnotherNonce() {
        CoinbaseOutputs outputs = new CoinbaseOutputs(List.of(new CoinbaseOutputs.Output("pocx1q", 5)));
        memory.add(id(1, 1, 1, 1));

        assertThat(memory.add(new NonceId(hash(9), account(1), hash(1), 1, 1, 7, CoinbaseOutputs.NONE))).isTrue();
        assertThat(memory.add(new NonceId(hash(8), account(1), hash(1), 1, 1, 5, CoinbaseOutputs.NONE))).isTrue();
        assertThat(memory.add(new NonceId(hash(9), account(1), hash(1), 1, 1, 5, outputs))).isTrue();
        assertThat(memory.add(new NonceId(hash(9), account(1), hash(1), 1, 1, 5, outputs))).isFalse();
    }

    private static NonceId nonce(long nonce) {
        return id(1, 1, nonce, 1);
    }

    private static NonceId id(int account, int seed, long nonce, int compression) {
        return new NonceId(hash(9), account(account), hash(seed), nonce, compression, 5, CoinbaseOutputs.NONE);
    }
}
