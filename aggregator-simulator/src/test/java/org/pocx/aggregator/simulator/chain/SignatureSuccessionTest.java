package org.pocx.aggregator.simulator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The chain signs as a node does. */
class SignatureSuccessionTest {
    private final SimulatedChain chain =
            new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)).at(100, "test"));

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/next_generation_signature.csv", numLinesToSkip = 1)
    void signature_isThatOfTheNode(long height, String signature, String accountId, String next) {
        assertThat(SignatureSuccession.next(signature, accountId)).as("height " + height).isEqualTo(next);
    }

    @Test
    void winnersAccount_isInTheNextSignature() {
        Tip mined = chain.tip();
        chain.submit(new ChainNonces(mined).of(ChainNonces.OTHER_ACCOUNT, 100));

        assertThat(chain.forge().next().generationSignature())
                .isEqualTo(SignatureSuccession.next(mined.generationSignature(), ChainNonces.OTHER_ACCOUNT));
    }

    @Test
    void blockOfAnotherFarm_isSignedByItsAccount_andHasNoNonce() {
        Tip mined = chain.tip();
        chain.submit(new ChainNonces(mined).of(100));
        ForgedBlock block = chain.forgeBy(ChainNonces.OTHER_ACCOUNT);

        assertThat(block.winner()).isEmpty();
        assertThat(block.next().generationSignature())
                .isEqualTo(SignatureSuccession.next(mined.generationSignature(), ChainNonces.OTHER_ACCOUNT));
        assertThat(chain.best()).isEmpty();
    }

    @Test
    void roundsWithoutANonce_haveDifferentWinners() {
        String first = chain.forge().next().generationSignature();
        chain.fork(1);

        assertThat(chain.forge().next().generationSignature()).isNotEqualTo(first);
    }
}
