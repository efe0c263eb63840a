package org.pocx.aggregator.core.filter;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * A nonce on a {@link Ladder}. What changes (its fate, and what is remembered of its attempts) belongs to the lock that
 * guards its ladder; all else is fixed or thread-safe.
 *
 * <p>Its miner gets the receipt when {@link #answerable} is complete: because the nonce is durable, because it has come to an end
 * before that, or because another that is covers it.
 */
public final class Candidate {
    private final NonceSubmission submission;
    private final NonceId nonceId;
    private final MinerId miner;
    private final Instant receivedAt;
    private final long receivedNanos;
    private final CompletableFuture<Void> answerable = new CompletableFuture<>();
    private @Nullable Fate fate;
    private boolean stored;
    private int unknownErrors;
    private int staleAnswers;
    private long staleRetryNanos;
    private long confirmedRawQuality;
    private int ownTroubles;
    private boolean yielding;
    private boolean following;
    private long incarnation;
    private boolean probe;

    /**
     * A nonce that no ladder has taken yet.
     *
     * @param submission as its miner sent it, its hex in lower case
     * @param miner the machine that answers for it
     * @param receivedAt wall clock, for the record
     * @param receivedNanos monotonic clock, for durations and for "the first of equals wins"
     */
    public Candidate(NonceSubmission submission, MinerId miner, Instant receivedAt, long receivedNanos) {
        this.submission = submission;
        this.nonceId = submission.nonceId();
        this.miner = miner;
        this.receivedAt = receivedAt;
        this.receivedNanos = receivedNanos;
        this.confirmedRawQuality = submission.rawQuality();
    }

    /** {@return the nonce as its miner sent it} */
    public NonceSubmission submission() {
        return submission;
    }

    /** {@return its identity within the round} */
    public NonceId nonceId() {
        return nonceId;
    }

    /** {@return the machine that answers for it} */
    public MinerId miner() {
        return miner;
    }

    /** {@return the u64 raw quality that the miner claims} */
    public long rawQuality() {
        return submission.rawQuality();
    }

    /** {@return when it came in, wall clock} */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** {@return when it came in, monotonic clock} */
    public long receivedNanos() {
        return receivedNanos;
    }

    /**
     * {@return a future that completes when its miner may be given a receipt: it is durable, or it has come to its end}
     */
    public CompletableFuture<Void> answerable() {
        return answerable;
    }

    /** Its miner may be given a receipt now. */
    public void becomeAnswerable() {
        answerable.complete(null);
    }

    /**
     * Its miner may be given a receipt as soon as another's may: that one would outlive the end of the process, and claims no
     * worse.
     *
     * @param other of the same round and key
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it has no end of its own
    public void answerWith(Candidate other) {
        following = true;
        other.answerable().thenRun(this::becomeAnswerable);
    }

    /** {@return true when its receipt waits for another's} */
    public boolean isFollowing() {
        return following;
    }

    /** {@return where it stands, or null before a ladder took it} */
    public @Nullable Fate fate() {
        return fate;
    }

    void fate(Fate now) {
        fate = now;
    }

    /** {@return whether it was handed to the store, so that it has to be removed from there} */
    public boolean stored() {
        return stored;
    }

    /** It was handed to the store. */
    public void markStored() {
        stored = true;
    }

    /**
     * Counts an error of unknown meaning.
     *
     * @return how many there were, this one included
     */
    public int countUnknownError() {
        return ++unknownErrors;
    }

    /**
     * Counts a stale answer.
     *
     * @return how many there were, this one included
     */
    public int countStaleAnswer() {
        return ++staleAnswers;
    }

    /**
     * When it may be sent again after a stale answer, monotonic clock.
     *
     * @param nanos the moment on the monotonic clock
     */
    public void retryStaleAt(long nanos) {
        staleRetryNanos = nanos;
    }

    /**
     * {@return true when it may be sent again after a stale answer, while its round is current}
     *
     * @param now the monotonic clock's time
     */
    public boolean mayRetryStale(long now) {
        return now - staleRetryNanos >= 0;
    }

    /** {@return the u64 raw quality that counts: what the upstream confirmed, before that the claim} */
    public long confirmedRawQuality() {
        return confirmedRawQuality;
    }

    /**
     * The upstream accepted it.
     *
     * @param rawQuality u64, the worse of the claim and the upstream's own figure
     */
    void confirmedAt(long rawQuality) {
        confirmedRawQuality = rawQuality;
    }

    /**
     * Counts an error that the upstream answered to it, while polls were good.
     *
     * @return how many there were in a row, this one included
     */
    public int countOwnTrouble() {
        return ++ownTroubles;
    }

    /** {@return how many errors in a row the upstream answered to it, while polls were good} */
    public int ownTroubles() {
        return ownTroubles;
    }

    /** An attempt ended otherwise than by an error of its own. */
    public void clearOwnTroubles() {
        ownTroubles = 0;
    }

    /** It lets another candidate go before it is tried again. */
    public void yieldTurn() {
        yielding = true;
    }

    /** {@return true while another candidate goes before it, whatever it claims} */
    public boolean isYielding() {
        return yielding;
    }

    void takeTurn() {
        yielding = false;
    }

    /** {@return true while it is sent to find out whether the upstream accepts its like again} */
    public boolean isProbe() {
        return probe;
    }

    void probe(boolean is) {
        probe = is;
    }

    /** {@return the incarnation of the upstream that it was sent to last; 0 for one of an earlier process} */
    public long incarnation() {
        return incarnation;
    }

    /**
     * It is being sent to the upstream, or was accepted by it.
     *
     * @param number of the upstream's incarnation, at least 1
     */
    public void sentIn(long number) {
        incarnation = number;
    }
}
