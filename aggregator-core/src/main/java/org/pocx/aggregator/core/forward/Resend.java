package org.pocx.aggregator.core.forward;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.filter.Candidate;
import org.pocx.aggregator.core.mining.PocTime;

/**
 * When the confirmed best nonce of a lane is sent again, as the upstream may have forgotten it: once for each incarnation of
 * the upstream, when its round becomes current again, and in wallet mode when its poc_time has been over for 5 s and no block
 * came. At most every 10 s. Not thread-safe: its {@link Lane} guards it.
 */
final class Resend {
    private static final long GAP = Duration.ofSeconds(10).toNanos();
    private static final long AFTER_POC_TIME = Duration.ofSeconds(5).toNanos();
    private static final long MAX_POC_TIME_SECS = Duration.ofDays(1).toSeconds();

    private final ResendSettings settings;
    private final PocTime pocTime;
    private final RoundLanes round;

    private @Nullable Candidate candidate;
    private boolean revived;
    private boolean stale;
    private boolean running;
    private boolean resentBefore;
    private long resentNanos;

    /** When a block of it is overdue; later after each time that it was sent again for that. */
    private long overdueNanos;

    private long nextGap = GAP;

    Resend(ResendSettings settings, PocTime pocTime, RoundLanes round) {
        this.settings = settings;
        this.pocTime = pocTime;
        this.round = round;
    }

    /** This is the lane's confirmed best now, or there is none. */
    void watch(@Nullable Candidate best, long now) {
        if (best == candidate || !settings.enabled()) {
            return;
        }
        revived &= isFallback(best);
        candidate = best;
        stale = false;
        nextGap = GAP;
        if (best != null) {
            long end = round.openedNanos() + pocTimeNanos(best);
            overdueNanos = (end - now > 0 ? end : now) + AFTER_POC_TIME;
        }
    }

    /** Whether it takes the place of a better one that the upstream took back: it was confirmed before, too. */
    private boolean isFallback(@Nullable Candidate best) {
        Candidate former = candidate;
        return best != null
                && former != null
                && Long.compareUnsigned(best.confirmedRawQuality(), former.confirmedRawQuality()) >= 0;
    }

    private long pocTimeNanos(Candidate best) {
        long secs = pocTime.seconds(best.confirmedRawQuality(), best.submission().baseTarget());
        return Duration.ofSeconds(Long.compareUnsigned(secs, MAX_POC_TIME_SECS) < 0 ? secs : MAX_POC_TIME_SECS)
                .toNanos();
    }

    /** The lane's confirmed best, if a poll may find that it is to be sent again. */
    @Nullable
    Candidate candidate() {
        return candidate;
    }

    /** Why it is to be sent again now, or null. */
    @Nullable
    String cause(long incarnation, long now) {
        Candidate best = candidate;
        if (best == null || running || !round.mayRetry(now) || (resentBefore && now - resentNanos < GAP)) {
            return null;
        }
        if (stale && !round.isCurrent()) {
            return null;
        }
        if (best.incarnation() < incarnation) {
            return "the upstream may have restarted";
        }
        if (revived) {
            return "its round is current again";
        }
        return isOverdue(now) ? "its poc_time is over and no block came" : null;
    }

    private boolean isOverdue(long now) {
        return settings.afterPocTime() && round.isCurrent() && now - overdueNanos >= 0;
    }

    /** Its round became the current one again. */
    void revived() {
        revived = candidate != null;
        stale = false;
    }

    void began(long now) {
        running = true;
        resentBefore = true;
        resentNanos = now;
    }

    /** The attempt ended without a verdict: again, when the gap is over. */
    void failed() {
        running = false;
    }

    /** The upstream is at another block: again when the round is current again. */
    void stale() {
        running = false;
        stale = true;
    }

    /** The upstream has it (again). */
    void accepted(Candidate sent, long incarnation, long now) {
        running = false;
        revived = false;
        sent.sentIn(incarnation);
        if (isOverdue(now)) {
            overdueNanos = now + nextGap;
            nextGap = Math.min(2 * nextGap, Math.max(GAP, settings.blockTime().toNanos()));
        }
    }
}
