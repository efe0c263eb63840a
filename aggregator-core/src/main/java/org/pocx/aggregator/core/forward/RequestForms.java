package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/**
 * The forms of request that the upstream cannot process now: with coinbase outputs, without them, or both. One nonce a poll,
 * and a second at most, finds out whether that has changed. Thread-safe, by its monitor, under which
 * no listener is called.
 */
final class RequestForms {
    private static final long BETWEEN_PROBES = Duration.ofSeconds(1).toNanos();

    private final EffectQueue<AggregatorEvent> changes;
    private volatile @Nullable UpstreamMessage plain;
    private volatile @Nullable UpstreamMessage withOutputs;
    private volatile boolean plainFitted;
    private volatile boolean withOutputsFitted;
    private boolean probedBefore;
    private long probedNanos;

    RequestForms(AggregatorListener listener) {
        this.changes = new EffectQueue<>(listener::on);
    }

    boolean isMisfit(NonceSubmission submission) {
        return (submission.coinbaseOutputs().isEmpty() ? plain : withOutputs) != null;
    }

    /** Whether the upstream has processed a request of that form before. */
    boolean hasFitted(NonceSubmission submission) {
        return submission.coinbaseOutputs().isEmpty() ? plainFitted : withOutputsFitted;
    }

    /** What is wrong; empty where the upstream processes all forms that were sent. */
    Optional<UpstreamMessage> misfit() {
        UpstreamMessage first = plain;
        return Optional.ofNullable(first != null ? first : withOutputs);
    }

    /** The upstream could not process a request of this form; returns whether there is a change to {@link #publish}. */
    synchronized boolean misfit(NonceSubmission submission, UpstreamMessage message) {
        boolean isFirst = misfit().isEmpty();
        set(submission, message);
        if (isFirst) {
            changes.add(List.of(new AggregatorEvent.RequestsMisfit(Optional.of(message))));
        }
        return isFirst;
    }

    /** The upstream processed a request of this form; returns whether there is a change to {@link #publish}. */
    boolean fits(NonceSubmission submission) {
        if (submission.coinbaseOutputs().isEmpty()) {
            plainFitted = true;
        } else {
            withOutputsFitted = true;
        }
        return isMisfit(submission) && release(submission);
    }

    private synchronized boolean release(NonceSubmission submission) {
        if (!isMisfit(submission)) {
            return false;
        }
        set(submission, null);
        boolean isLast = misfit().isEmpty();
        if (isLast) {
            changes.add(List.of(new AggregatorEvent.RequestsMisfit(Optional.empty())));
        }
        return isLast;
    }

    /** Publishes changes, in their order. */
    void publish() {
        changes.perform();
    }

    private void set(NonceSubmission submission, @Nullable UpstreamMessage message) {
        if (submission.coinbaseOutputs().isEmpty()) {
            plain = message;
        } else {
            withOutputs = message;
        }
    }

    /** Whether one nonce may be sent now to find out. */
    synchronized boolean isProbeDue(long now) {
        return misfit().isPresent() && (!probedBefore || now - probedNanos >= BETWEEN_PROBES);
    }

    synchronized void probeBegan(long now) {
        probedBefore = true;
        probedNanos = now;
    }
}
