package org.pocx.aggregator.protocol.server;

import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RenderedResponse;

/**
 * Caches the rendered response for the last mining info, which thousands of machines request each second. Thread-safe:
 * the state is one volatile reference; two threads may render the same bytes at the same time.
 */
final class RenderedMiningInfo {
    private volatile @Nullable Entry last;

    private record Entry(MiningInfo info, RenderedResponse result) {}

    /** Compares by identity: the service returns the same record until the upstream's mining info changes. */
    @SuppressWarnings("ReferenceEquality")
    RenderedResponse of(MiningInfo info) {
        Entry entry = last;
        if (entry == null || entry.info() != info) {
            entry = new Entry(info, new RenderedResponse(MiningCodec.encode(info)));
            last = entry;
        }
        return entry.result();
    }
}
