package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.hash;

import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.NonceId;

class NonceMemoryTest {
    private final NonceMemory memory = new NonceMemory();

    @Test
    void sameNonce_isKnown() {
        assertThat(memory.add(nonce(1))).isTrue();
        assertThat(memory.add(nonce(1))).isFalse();
    }

    @Test
    void eachPartOfTheIdentity_tellsNoncesApart() {
        memory.add(new NonceId(account(1), hash(1), 1, 1));

        assertThat(memory.add(new NonceId(account(2), hash(1), 1, 1))).isTrue();
        assertThat(memory.add(new NonceId(account(1), hash(2), 1, 1))).isTrue();
        assertThat(memory.add(new NonceId(account(1), hash(1), 2, 1))).isTrue();
        assertThat(memory.add(new NonceId(account(1), hash(1), 1, 2))).isTrue();
    }

    @Test
    void manyNonces_areAllRemembered_upToTheLimit() {
        int many = NonceMemory.GENERATION / 2;
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
        for (int i = 0; i < 3 * NonceMemory.GENERATION; i++) {
            memory.add(nonce(i));
        }

        assertThat(memory.add(nonce(-1))).isTrue();
    }

    private static NonceId nonce(long nonce) {
        return new NonceId(account(1), hash(1), nonce, 1);
    }
}
