package org.pocx.aggregator.statistics.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.Nonces;

/** The bounds of what a store in memory keeps. */
class InMemoryBlocksTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final InMemoryBlocks blocks = new InMemoryBlocks();

    @Test
    void wins_areBounded() {
        for (int i = 0; i <= InMemoryBlocks.MAX_WINS; i++) {
            WonBlock win = new WonBlock(i, Nonces.hash(i), NOW, Nonces.account(1), Optional.empty(), false);
            blocks.apply(change(List.of(win), List.of()));
        }

        assertThat(blocks.wins()).hasSize(InMemoryBlocks.MAX_WINS);
        assertThat(blocks.wins().iterator().next().value().height()).isEqualTo(1);
        assertThat(blocks.memory().lastWins()).hasSize(BlockMemory.LAST_WINS);
    }

    @Test
    void losses_areBounded() {
        for (int i = 0; i <= InMemoryBlocks.MAX_LOSSES; i++) {
            ProbableLoss loss = new ProbableLoss(i, Nonces.hash(i), NOW, Nonces.account(1), "10.0.0.7", 1, 1);
            blocks.apply(change(List.of(), List.of(loss)));
        }

        assertThat(blocks.losses(Integer.MAX_VALUE)).hasSize(InMemoryBlocks.MAX_LOSSES);
    }

    private static BlockChange change(List<WonBlock> wins, List<ProbableLoss> losses) {
        return new BlockChange(wins, losses, List.of(), List.of(), List.of(), Optional.empty());
    }
}
