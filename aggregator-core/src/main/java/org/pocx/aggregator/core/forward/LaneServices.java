package org.pocx.aggregator.core.forward;

import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.time.Scheduler;

/**
 * What every lane works with.
 *
 * @param bestPerKey how many nonces of a round and key the upstream needs
 * @param decided what became of nonces that are in no lane any more
 * @param isOpenAtActive whether the round of a block hash is among the last ones of the active upstream
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
        Destinations destinations,
        MachineTrust trust,
        DecidedNonces decided,
        PocTime pocTime,
        VerificationGate gate,
        Predicate<String> isOpenAtActive,
        AttemptObserver observer,
        Runnable refreshMiningInfo) {}
