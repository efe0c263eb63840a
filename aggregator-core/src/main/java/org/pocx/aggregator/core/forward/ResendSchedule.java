package org.pocx.aggregator.core.forward;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.PocTime;

/**
 * When the confirmed best nonce of a lane is sent again, as the upstream may have forgotten it: once for each incarnation of
 * the upstream, when its round becomes current again, and in wallet mode when its poc_time has been over for 5 s and no block
 * came. At most every 10 s. Not thread-safe: its {@link Lane} owns it.
 */
final class ResendSchedule {
    private static final long GAP = Duration.ofSeconds(10).toNanos();
    private static final long AFTER_POC_TIME = Duration.ofSeconds(5).toNanos();
    private static final long MAX_POC_TIME_SECS = Duration.ofDays(1).toSeconds();

    private final ResendSettings settings;
    private final PocTime pocTime;

    private @Nullable Candidate candidate;
    private boolean isRevived;
    private boolean isStale;
    private boolean isRunning;
    private boolean resentBefore;
    private long resentNanos;

    /** When a block of it is overdue; later after each time that it was sent again for that reason. */
    private long overdueNanos;

    private long nextGap = GAP;

    ResendSchedule(ResendSettings settings, PocTime pocTime) {
        this.settings = settings;
        this.pocTime = pocTime;
    }

    /** @param best the lane's confirmed best now, or null */
    void update(@Nullable Candidate best, LaneFacts facts) {
        if (best == candidate || !settings.enabled()) {
            return;
        }
        isRevived &= isFallback(best, facts.upstream());
        candidate = best;
        isStale = false;
        nextGap = GAP;
        if (best != null) {
            long end = facts.openedNanos() + pocTimeNanos(best, facts.upstream());
            overdueNanos = (end - facts.now() > 0 ? end : facts.now()) + AFTER_POC_TIME;
        }
    }

    /** Whether it takes the place of a better one that the upstream took back: it was confirmed before, too. */
    private boolean isFallback(@Nullable Candidate best, String upstream) {
        Candidate former = candidate;
        return best != null
                && former != null
                && Long.compareUnsigned(best.at(upstream).rawQuality(), former.at(upstream).rawQuality()) >= 0;
    }

    private long pocTimeNanos(Candidate best, String upstream) {
        long secs = pocTime.seconds(best.at(upstream).rawQuality(), best.submission().baseTarget());
        return Duration.ofSeconds(Long.compareUnsigned(secs, MAX_POC_TIME_SECS) < 0 ? secs : MAX_POC_TIME_SECS)
                .toNanos();
    }

    /** The lane's confirmed best, if it may have to be sent again; else null. */
    @Nullable
    Candidate candidate() {
        return candidate;
    }

    /** Why it is to be sent again now, or null. */
    @Nullable
    String cause(LaneFacts facts) {
        Candidate best = candidate;
        if (best == null || isRunning || !facts.mayRetry() || (resentBefore && facts.now() - resentNanos < GAP)) {
            return null;
        }
        if (isStale && !facts.isCurrent()) {
            return null;
        }
        if (best.at(facts.upstream()).incarnation() < facts.incarnation()) {
            return "the upstream may have restarted";
        }
        if (isRevived) {
            return "its round is current again";
        }
        return isOverdue(facts) ? "its poc_time is over and no block came" : null;
    }

    private boolean isOverdue(LaneFacts facts) {
        return settings.afterPocTime() && facts.isCurrent() && facts.now() - overdueNanos >= 0;
    }

    /** Its round became the current one again. */
    void roundRevived() {
        isRevived = candidate != null;
        isStale = false;
    }

    void began(LaneFacts facts) {
        isRunning = true;
        resentBefore = true;
        resentNanos = facts.now();
    }

    /** The attempt ended without a verdict: it is sent again when the gap is over. */
    void failed() {
        isRunning = false;
    }

    /** The upstream is at another block: it is sent again when the round is current again. */
    void stale() {
        isRunning = false;
        isStale = true;
    }

    /** The upstream has it (again). */
    void accepted(Candidate sent, long incarnation, LaneFacts facts) {
        isRunning = false;
        isRevived = false;
        sent.at(facts.upstream()).sentIn(incarnation);
        if (isOverdue(facts)) {
            overdueNanos = facts.now() + nextGap;
            nextGap = Math.min(2 * nextGap, Math.max(GAP, settings.blockTime().toNanos()));
        }
    }
}
