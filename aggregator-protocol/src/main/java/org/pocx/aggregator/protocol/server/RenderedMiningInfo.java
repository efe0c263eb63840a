package org.pocx.aggregator.protocol.server;

import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RenderedResponse;

/**
 * Keeps the answer bytes of the last mining info, which thousands of machines ask for each second. Thread-safe; the
 * state is one volatile reference, and two threads that race render the same bytes twice at worst.
 */
final class RenderedMiningInfo {
    private volatile @Nullable Entry last;

    private record Entry(MiningInfo info, RenderedResponse result) {}

    /** Compares by identity: the service hands out the same record until the upstream says something else. */
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
