package org.pocx.aggregator.core.failover;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one upstream: whether it answers, what it announced, and whether it gives verdicts. Not thread-safe: its
 * {@link FailoverPolicy} owns it. All times are of the monotonic clock, in nanoseconds.
 */
final class UpstreamHealth {
    /** Rounds that are remembered, to compare chains. */
    static final int ROUNDS = 10;

    /** Heights by which an upstream may be behind. */
    private static final long MAX_BEHIND = 2;

    private static final long BEHIND_NANOS = Duration.ofMinutes(1).toNanos();

    private final String id;
    private final Deque<String> hashes = new ArrayDeque<>(ROUNDS);
    private boolean asked;
    private boolean answeredBefore;
    private boolean good;
    private long lastGoodNanos;
    private long goodSinceNanos;
    private long height;
    private boolean synchronising;
    private @Nullable Long behindSince;
    private @Nullable Long strangeSince;
    private @Nullable ForwardingFailure forwardingFailure;
    private boolean probing;
    private @Nullable Long probedNanos;

    /** How forwarding failed, which decides what shows that it works again. */
    enum ForwardingFailure {
        /** No verdict came: any verdict shows that it works. */
        NO_VERDICT,
        /** All accounts were refused: an account must be accepted. */
        ACCOUNTS_REFUSED
    }

    /** @param now it counts as having answered then, so that it has time to answer */
    UpstreamHealth(String id, long now) {
        this.id = id;
        this.lastGoodNanos = now;
    }

    String id() {
        return id;
    }

    void answered(String blockHash, long announcedHeight, boolean isSynchronising, long now) {
        if (!good) {
            good = true;
            goodSinceNanos = now;
        }
        asked = true;
        answeredBefore = true;
        lastGoodNanos = now;
        height = announcedHeight;
        if (isSynchronising && !synchronising) {
            goodSinceNanos = now;
        }
        synchronising = isSynchronising;
        hashes.remove(blockHash);
        hashes.addLast(blockHash);
        if (hashes.size() > ROUNDS) {
            hashes.removeFirst();
        }
    }

    void failed() {
        asked = true;
        good = false;
        behindSince = null;
        strangeSince = null;
    }

    /** Compares it with another upstream that answers, and remembers since when it is behind or on another chain. */
    void compare(UpstreamHealth other, long now) {
        strangeSince = !sharesRoundWith(other) ? since(strangeSince, now) : null;
        boolean isBehind = sharesRoundWith(other) && other.height - height > MAX_BEHIND;
        behindSince = isBehind ? since(behindSince, now) : null;
    }

    private static Long since(@Nullable Long before, long now) {
        return before == null ? now : before;
    }

    /** Nothing is there to compare it with. */
    void notCompared() {
        behindSince = null;
        strangeSince = null;
    }

    /** Whether anything is known of it. */
    boolean wasAsked() {
        return asked;
    }

    boolean answeredBefore() {
        return answeredBefore;
    }

    /** Whether it gave good mining info within that time, and no bad answer since. */
    boolean answersWithin(long nanos, long now) {
        return good && now - lastGoodNanos < nanos;
    }

    boolean isSilentFor(long nanos, long now) {
        return now - lastGoodNanos >= nanos;
    }

    boolean isGood() {
        return good;
    }

    boolean wasGoodFor(long nanos, long now) {
        return good && !synchronising && now - goodSinceNanos >= nanos;
    }

    boolean isSynchronising() {
        return good && synchronising;
    }

    /** Whether both announced a common block hash lately, or one of them nothing yet. */
    boolean sharesRoundWith(UpstreamHealth other) {
        return hashes.isEmpty() || other.hashes.isEmpty() || other.hashes.stream().anyMatch(hashes::contains);
    }

    boolean isStrangeFor(long nanos, long now) {
        return good && strangeSince != null && now - strangeSince >= nanos;
    }

    boolean isLowerThan(UpstreamHealth other) {
        return Long.compareUnsigned(height, other.height) < 0;
    }

    boolean isBehind(long now) {
        return good && behindSince != null && now - behindSince >= BEHIND_NANOS;
    }

    void forwardingFailed(ForwardingFailure how) {
        forwardingFailure = how;
        probedNanos = null;
        probing = false;
    }

    boolean isForwardingFailed() {
        return forwardingFailure != null;
    }

    boolean isProbeDue(long gapNanos, long now) {
        return !probing && (probedNanos == null || now - probedNanos >= gapNanos);
    }

    void probeBegan(long now) {
        probing = true;
        probedNanos = now;
    }

    /** @param isVerdict whether it gave a verdict on the nonce, of which a refused account is one */
    void probeEnded(boolean isVerdict, boolean isAccountRefused) {
        probing = false;
        if (isVerdict && !(isAccountRefused && forwardingFailure == ForwardingFailure.ACCOUNTS_REFUSED)) {
            forwardingFailure = null;
        }
    }
}
