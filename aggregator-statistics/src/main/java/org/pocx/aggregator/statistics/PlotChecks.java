package org.pocx.aggregator.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;

/**
 * What checks of nonces showed of each plot. Thread-safe; guarded by its monitor. Bounded: the plot that was checked longest
 * ago is forgotten, of the good ones and of the bad ones.
 */
final class PlotChecks {
    /** Plots without a bad nonce, of which only the number of checks is kept. */
    static final int MAX_GOOD = 10_000;

    static final int MAX_BAD = 1_000;

    /** A bad plot is reported as new again after this time. */
    private static final long REPORT_AGAIN = Duration.ofDays(1).toNanos();

    private final Map<Plot, Long> good = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Plot, Finding> bad = new LinkedHashMap<>(16, 0.75f, true);
    private long checked;
    private long badNonces;

    private record Plot(String machine, String accountId, String seed) {
        static Plot of(ReceivedNonce nonce) {
            NonceSubmission submission = nonce.submission();
            return new Plot(nonce.miner().id(), submission.accountId(), submission.seed());
        }
    }

    /** The bad nonces of a plot, and when it was reported as new, on the monotonic clock. */
    private record Finding(BadPlot plot, long reportedNanos) {}

    /**
     * Adds a check.
     *
     * @param rawQuality u64, computed
     * @param now monotonic clock, nanoseconds
     * @return the event to publish; empty if the nonce has the quality that its machine stated
     */
    synchronized Optional<StatisticsEvent.BadNonceFound> add(ReceivedNonce nonce, long rawQuality, long now) {
        checked++;
        Plot plot = Plot.of(nonce);
        if (rawQuality == nonce.submission().rawQuality()) {
            addGood(plot);
            return Optional.empty();
        }
        badNonces++;
        Finding before = bad.get(plot);
        boolean isNew = before == null || now - before.reportedNanos() >= REPORT_AGAIN;
        BadPlot found = before == null ? first(plot, nonce) : another(before.plot(), nonce);
        bad.put(plot, new Finding(found, before == null || isNew ? now : before.reportedNanos()));
        removeEldest(bad, MAX_BAD);
        return Optional.of(new StatisticsEvent.BadNonceFound(nonce, rawQuality, found, isNew));
    }

    private void addGood(Plot plot) {
        Finding finding = bad.get(plot);
        if (finding == null) {
            good.merge(plot, 1L, Long::sum);
            removeEldest(good, MAX_GOOD);
        } else {
            bad.put(plot, new Finding(withCheck(finding.plot()), finding.reportedNanos()));
        }
    }

    private BadPlot first(Plot plot, ReceivedNonce nonce) {
        Long before = good.remove(plot);
        long number = nonce.submission().nonce();
        return new BadPlot(
                plot.machine(),
                plot.accountId(),
                plot.seed(),
                number,
                number,
                1 + (before == null ? 0 : before),
                1,
                nonce.receivedAt());
    }

    private static BadPlot another(BadPlot plot, ReceivedNonce nonce) {
        long number = nonce.submission().nonce();
        Instant seen = nonce.receivedAt();
        return new BadPlot(
                plot.machine(),
                plot.accountId(),
                plot.seed(),
                Long.compareUnsigned(number, plot.firstBadNonce()) < 0 ? number : plot.firstBadNonce(),
                Long.compareUnsigned(number, plot.lastBadNonce()) > 0 ? number : plot.lastBadNonce(),
                plot.checked() + 1,
                plot.bad() + 1,
                seen.isAfter(plot.lastSeen()) ? seen : plot.lastSeen());
    }

    private static BadPlot withCheck(BadPlot plot) {
        return new BadPlot(
                plot.machine(),
                plot.accountId(),
                plot.seed(),
                plot.firstBadNonce(),
                plot.lastBadNonce(),
                plot.checked() + 1,
                plot.bad(),
                plot.lastSeen());
    }

    private static <V> void removeEldest(Map<Plot, V> plots, int max) {
        if (plots.size() > max) {
            plots.remove(plots.keySet().iterator().next());
        }
    }

    /** The state for a snapshot: the bad plots with the one that was seen last first. */
    synchronized FarmSnapshot.Verification view() {
        List<BadPlot> plots = bad.values().stream()
                .map(Finding::plot)
                .sorted(Comparator.comparing(BadPlot::lastSeen).reversed())
                .toList();
        return new FarmSnapshot.Verification(checked, badNonces, plots);
    }
}
