package org.pocx.aggregator.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** Reads outcomes that have to be trouble. */
final class Troubles {
    private Troubles() {}

    static UpstreamTrouble trouble(Object outcome) {
        assertThat(outcome).isInstanceOf(UpstreamTrouble.class);
        return (UpstreamTrouble) outcome;
    }

    static UpstreamTrouble.Kind kind(Object outcome) {
        return trouble(outcome).kind();
    }

    static UpstreamTrouble unreachable(Object outcome) {
        assertThat(trouble(outcome).isUnreachable()).as(outcome.toString()).isTrue();
        return trouble(outcome);
    }
}
