package org.pocx.aggregator.statistics.blocks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.RoundSignature;
import org.pocx.aggregator.statistics.history.WonBlock;

/**
 * A height and generation signature that was announced, with the nonces confirmed for it. Not thread-safe; guarded by
 * {@link BlockLedger}.
 */
final class TrackedRound {
    /** How exactly the poc_time of a nonce must fit the duration of the round: blocks take time to spread. */
    static final long TOLERANCE = Duration.ofSeconds(15).toNanos();

    private final long height;
    private final String signature;
    private final TimeRange begun;
    private final Instant begunAt;
    private final ConfirmedNonces confirmed = new ConfirmedNonces();
    private long baseTarget;
    private boolean disturbed;
    private @Nullable TimeRange ended;
    private @Nullable WonBlock win;
    private @Nullable ProbableLoss loss;

    /**
     * @param height u64
     * @param baseTarget u64
     * @param begun monotonic time
     */
    TrackedRound(long height, String signature, long baseTarget, TimeRange begun, Instant begunAt) {
        this.height = height;
        this.signature = signature;
        this.baseTarget = baseTarget;
        this.begun = begun;
        this.begunAt = begunAt;
    }

    long height() {
        return height;
    }

    String signature() {
        return signature;
    }

    long baseTarget() {
        return baseTarget;
    }

    /** When it was first announced, monotonic time. */
    TimeRange begun() {
        return begun;
    }

    ConfirmedNonces confirmed() {
        return confirmed;
    }

    void announcedWith(long newBaseTarget) {
        baseTarget = newBaseTarget;
    }

    boolean is(long otherHeight, String otherSignature) {
        return height == otherHeight && signature.equals(otherSignature);
    }

    /** Polls failed in this round, it was not current all the time, or the aggregator was not: no loss can be seen. */
    void disturb() {
        disturbed = true;
    }

    /** The next block was announced. Only the first end counts. */
    void endedAt(TimeRange time) {
        if (ended == null) {
            ended = time;
        }
    }

    /** The block that this signature proves to be won. */
    @Nullable
    WonBlock win() {
        return win;
    }

    void wonBy(WonBlock block) {
        win = block;
    }

    @Nullable
    ProbableLoss loss() {
        return loss;
    }

    void lost(@Nullable ProbableLoss probable) {
        loss = probable;
    }

    /**
     * The nonce of the account that fits the duration of the round, the best one if there are several.
     *
     * @param announced when a block was announced that the account won in this round
     */
    Optional<ConfirmedNonce> finder(String accountId, TimeRange announced) {
        TimeRange end = ended == null
                ? announced
                : new TimeRange(
                        Math.min(ended.earliest(), announced.earliest()), Math.max(ended.latest(), announced.latest()));
        TimeRange lasted = end.since(begun);
        return confirmed.of(accountId).stream()
                .filter(nonce -> lasted.isNear(nonce.dueAfter(begun, end), TOLERANCE))
                .findFirst();
    }

    /** The best confirmed nonce, if it should have won this round, whose end was seen. */
    Optional<ConfirmedNonces.Ranked> overdue() {
        TimeRange end = ended;
        if (disturbed || loss != null || end == null) {
            return Optional.empty();
        }
        long lasted = end.since(begun).earliest();
        return confirmed.best().filter(best -> best.nonce().dueAfter(begun, end) + TOLERANCE < lasted);
    }

    RoundSignature toRecord() {
        return new RoundSignature(height, signature, baseTarget, begunAt);
    }
}
