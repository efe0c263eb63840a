package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.protocol.Samples;

class RenderedMiningInfoTest {
    private final RenderedMiningInfo rendered = new RenderedMiningInfo();

    @Test
    void sameRecord_isRenderedOnce() {
        MiningInfo info = Samples.miningInfo();
        assertThat(rendered.of(info)).isSameAs(rendered.of(info));
    }

    @Test
    void anotherRecord_isRenderedAnew() {
        assertThat(rendered.of(Samples.miningInfo())).isNotSameAs(rendered.of(Samples.miningInfo()));
    }
}
