package org.pocx.aggregator.statistics.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.InMemoryFarmStore;

/** Detectors with a farm that the test moves, block by block. */
final class DetectionRig {
    static final double TIB = 100;
    static final long MEAN_QUALITY = (long) (Observation.GENESIS / TIB);

    static final Duration QUARTER = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofSeconds(5);

    final ManualScheduler time = new ManualScheduler();
    final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    final InMemoryFarmStore store = new InMemoryFarmStore();
    final List<HistoryChange> written = new ArrayList<>();
    final List<Finding> found = new ArrayList<>();
    final Map<String, Double> configured = new HashMap<>();
    FarmDetection detection = start();
    private int height;
    private long nonce;

    private FarmDetection start() {
        return new FarmDetection(
                machine -> configured.containsKey(machine)
                        ? OptionalDouble.of(configured.get(machine))
                        : OptionalDouble.empty(),
                time::nanoTime,
                clock,
                1,
                change -> {
                    written.add(change);
                    store.write(change);
                },
                found::add);
    }

    /** Stops and starts; a kill stops without a word. */
    void restart(boolean killed) {
        if (!killed) {
            detection.on(new AggregatorEvent.Stopped());
        }
        detection = start();
        detection.readPast(store);
    }

    void pass(Duration duration) {
        time.advance(duration);
        clock.advance(duration);
    }

    MiningInfo round() {
        return Nonces.round(height);
    }

    /** A new block. */
    void open() {
        height++;
        detection.on(Events.opened(round()));
    }

    void seen(String machine) {
        detection.on(new AggregatorEvent.MinerSeen(MinerId.ofId(machine)));
    }

    NonceSubmission nonce(long rawQuality) {
        return Nonces.nonce(round(), 1, ++nonce, rawQuality);
    }

    private ReceivedNonce received(String machine, NonceSubmission nonce) {
        return new ReceivedNonce(nonce, MinerId.ofId(machine), clock.instant());
    }

    /** A machine sends a nonce that nobody sent before. */
    void submit(String machine, NonceSubmission nonce) {
        seen(machine);
        detection.on(fate(machine, nonce, null, Fate.PENDING, nonce.rawQuality()));
    }

    /** A machine sends a nonce that was sent before. */
    void repeat(String machine, NonceSubmission nonce) {
        seen(machine);
        detection.on(new AggregatorEvent.NonceRepeated(received(machine, nonce)));
    }

    void reject(String machine, NonceSubmission nonce) {
        detection.on(fate(machine, nonce, Fate.PENDING, Fate.REJECTED, nonce.rawQuality()));
    }

    void confirm(String machine, NonceSubmission nonce, long rawQuality) {
        detection.on(fate(machine, nonce, Fate.PENDING, Fate.CONFIRMED, rawQuality));
    }

    private static AggregatorEvent.FateChanged fate(
            String machine, NonceSubmission nonce, @Nullable Fate before, Fate after, long at) {
        return Events.fateChanged(
                nonce, MinerId.ofId(machine), before, after, at, "", Instant.EPOCH, Duration.ZERO);
    }

    /** One round of 120 s in which the machine is there and has that best nonce, found after a quarter. */
    NonceSubmission mine(String machine, long rawQuality) {
        open();
        poll(machine, QUARTER);
        NonceSubmission best = nonce(rawQuality);
        submit(machine, best);
        poll(machine, QUARTER.multipliedBy(3));
        return best;
    }

    /** Time passes, and the machine polls meanwhile. */
    void poll(String machine, Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minus(POLL)) {
            seen(machine);
            pass(POLL);
        }
    }

    /** Rounds with the mean of that part of the capacity. */
    void mine(String machine, int rounds, double part) {
        for (int i = 0; i < rounds; i++) {
            mine(machine, (long) (MEAN_QUALITY / part));
        }
    }

    /** Rounds until the scan time is known, and the first round, which is left out. */
    void warmUp(String machine) {
        mine(machine, ScanTimes.LEAST + 1, 1);
    }

    /** Ends the round and judges it. */
    void judge() {
        open();
        pass(Duration.ofSeconds(10));
        detection.tick();
    }

    double observed(String machine) {
        return detection.findings().capacity(machine).map(capacity -> capacity.measuredRounds()).orElse(0.0);
    }
}
