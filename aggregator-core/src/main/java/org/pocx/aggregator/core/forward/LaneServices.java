package org.pocx.aggregator.core.forward;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.time.Scheduler;

/**
 * What every lane works with.
 *
 * @param bestPerKey how many nonces of a round and key the upstream needs
 * @param pollsAreGood whether the last poll was answered
 * @param refreshMiningInfo asks for a poll soon
 */
record LaneServices(
        ForwardSettings settings,
        int bestPerKey,
        Scheduler scheduler,
        InstantSource clock,
        RandomGenerator random,
        StoreWriter writer,
        AggregatorListener listener,
        Dispatcher dispatcher,
        UpstreamKnowledge upstream,
        PocTime pocTime,
        VerificationGate gate,
        BooleanSupplier pollsAreGood,
        Runnable refreshMiningInfo) {}
