package org.pocx.aggregator.core.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.VerdictAnswer;

/**
 * A nonce in a {@link CandidateQueue}, with its fate and what is remembered of its attempts: these belong to the lock of its
 * lane. All else is immutable or thread-safe.
 */
final class Candidate {
    private final ReceivedNonce nonce;
    private final NonceId nonceId;
    private final long receivedNanos;
    private final CompletableFuture<Void> receipt = new CompletableFuture<>();
    private @Nullable Fate fate;
    private boolean stored;
    private volatile boolean durable;
    private boolean sharingReceipt;
    private long confirmedRawQuality;
    private @Nullable Standing standings;
    private boolean bad;
    private boolean probe;
    private int unknownErrors;
    private int staleAnswers;
    private long staleRetryNanos;
    private int ownTroubles;
    private boolean yielding;
    private boolean skippingVerification;
    private long sentNanos;
    private boolean heldUpstream;
    private UpstreamMessage rejection = UpstreamMessage.NONE;
    private boolean remembered;
    private @Nullable List<CompletableFuture<VerdictAnswer>> waiting;

    /** @param receivedNanos monotonic clock, for durations and for "the first of equals wins" */
    Candidate(ReceivedNonce nonce, long receivedNanos) {
        this.nonce = nonce;
        this.nonceId = nonce.submission().nonceId();
        this.receivedNanos = receivedNanos;
        this.confirmedRawQuality = nonce.submission().rawQuality();
    }

    ReceivedNonce nonce() {
        return nonce;
    }

    NonceSubmission submission() {
        return nonce.submission();
    }

    /** Its identity within the round. */
    NonceId nonceId() {
        return nonceId;
    }

    MinerId machine() {
        return nonce.miner();
    }

    String accountId() {
        return submission().accountId();
    }

    /** u64, as the miner claims. */
    long rawQuality() {
        return submission().rawQuality();
    }

    /** Monotonic clock. */
    long receivedNanos() {
        return receivedNanos;
    }

    /**
     * Completes when its miner may get a receipt: because the nonce is durable, because its fate was decided before that, or
     * because another nonce that is durable claims no worse.
     */
    CompletableFuture<Void> receipt() {
        return receipt;
    }

    /** Where it stands; null before a queue took it. */
    @Nullable
    Fate fate() {
        return fate;
    }

    void fate(Fate now) {
        fate = now;
    }

    /** Whether it was passed to the store, so that it has to be removed from there. */
    boolean isStored() {
        return stored;
    }

    void markStored() {
        stored = true;
    }

    /** Whether the store has it on disk. Set by any thread, and never taken back. */
    boolean isDurable() {
        return durable;
    }

    void markDurable() {
        durable = true;
    }

    /** Whether its receipt is given together with another's. */
    boolean isSharingReceipt() {
        return sharingReceipt;
    }

    void shareReceipt() {
        sharingReceipt = true;
    }

    /** The u64 raw quality that counts: what the upstream confirmed, before that the claim. */
    long confirmedRawQuality() {
        return confirmedRawQuality;
    }

    /** @param rawQuality u64, the worse of the claim and the upstream's own figure */
    void confirmedAt(long rawQuality) {
        confirmedRawQuality = rawQuality;
    }

    /** Why it was rejected, if it was. */
    UpstreamMessage rejection() {
        return rejection;
    }

    void rejectedBecause(UpstreamMessage message) {
        rejection = message;
        remembered = true;
    }

    /** What that upstream decided about it, to be read or changed. */
    Standing at(String upstream) {
        Standing known = find(upstream);
        if (known != null) {
            return known;
        }
        Standing added = new Standing(upstream, standings);
        standings = added;
        return added;
    }

    private @Nullable Standing find(String upstream) {
        Standing standing = standings;
        while (standing != null && !standing.upstream().equals(upstream)) {
            standing = standing.next();
        }
        return standing;
    }

    boolean isConfirmedAt(String upstream) {
        Standing standing = find(upstream);
        return standing != null && standing.isConfirmed();
    }

    /** Whether that upstream has one that is at least as good. */
    boolean isFilteredAt(String upstream) {
        Standing standing = find(upstream);
        return standing != null && standing.isFiltered();
    }

    boolean isRejectedAt(String upstream) {
        Standing standing = find(upstream);
        return standing != null && standing.isRejected();
    }

    /** Whether any upstream judged it. */
    boolean isJudged() {
        for (Standing standing = standings; standing != null; standing = standing.next()) {
            if (standing.isConfirmed() || standing.isRejected()) {
                return true;
            }
        }
        return false;
    }

    /** Whether another upstream than that one confirmed it. */
    boolean isConfirmedElsewhere(String upstream) {
        for (Standing standing = standings; standing != null; standing = standing.next()) {
            if (standing.isConfirmed() && !standing.upstream().equals(upstream)) {
                return true;
            }
        }
        return false;
    }

    /** Whether its proof is bad, for every upstream. */
    boolean isBad() {
        return bad;
    }

    void markBad() {
        bad = true;
    }

    /** Another upstream judges it from now on: the troubles that it met count no more. */
    void forgetTroubles() {
        probe = false;
        heldUpstream = false;
        unknownErrors = 0;
        staleAnswers = 0;
        ownTroubles = 0;
        yielding = false;
    }

    /** It is sent now, monotonic clock. */
    void sentAt(long nanos) {
        sentNanos = nanos;
        heldUpstream = false;
    }

    /** Monotonic clock; without meaning before it was sent. */
    long sentNanos() {
        return sentNanos;
    }

    /** The upstream holds it, and has no verdict yet. */
    void heldUpstream() {
        heldUpstream = true;
    }

    /** How long it must not be sent again, because the upstream holds it; zero or less when it may be. */
    long restNanos(long now) {
        return heldUpstream ? sentNanos + RetryDelays.HELD.toNanos() - now : 0;
    }

    /** Whether it is being sent to find out whether the upstream accepts such nonces again. */
    boolean isProbe() {
        return probe;
    }

    void probe(boolean isProbe) {
        probe = isProbe;
    }

    /** Counts an error of an unknown code; returns how many there were. */
    int countUnknownError() {
        return ++unknownErrors;
    }

    int unknownErrors() {
        return unknownErrors;
    }

    /** Counts a stale answer; returns how many there were. */
    int countStaleAnswer() {
        return ++staleAnswers;
    }

    /** When it may be sent again after a stale answer, monotonic clock. */
    void retryStaleAt(long nanos) {
        staleRetryNanos = nanos;
    }

    boolean mayRetryStale(long now) {
        return now - staleRetryNanos >= 0;
    }

    /** Counts an error that the upstream answered to it while polls were good; returns how many there were in a row. */
    int countOwnTrouble() {
        return ++ownTroubles;
    }

    int ownTroubles() {
        return ownTroubles;
    }

    void clearOwnTroubles() {
        ownTroubles = 0;
    }

    /** Whether another candidate is sent before it, whatever it claims. */
    boolean isYielding() {
        return yielding;
    }

    void yielding(boolean isYielding) {
        yielding = isYielding;
    }

    /** Whether it was verified, had its time for that, or was sent. */
    boolean skipsVerification() {
        return skippingVerification;
    }

    void skipVerification() {
        skippingVerification = true;
    }

    /** A sender waits for the verdict. */
    void await(CompletableFuture<VerdictAnswer> verdict) {
        List<CompletableFuture<VerdictAnswer>> all = waiting == null ? new ArrayList<>(1) : waiting;
        all.removeIf(CompletableFuture::isDone); // their senders wait no longer
        all.add(verdict);
        waiting = all;
        remembered = true;
    }

    /** Whether a former fate of it may be remembered: a sender waited for it, or an upstream judged it. */
    boolean isRemembered() {
        return remembered;
    }

    /** Removes and returns those who wait. */
    List<CompletableFuture<VerdictAnswer>> removeWaiting() {
        List<CompletableFuture<VerdictAnswer>> all = waiting == null ? List.of() : waiting;
        waiting = null;
        return all;
    }
}
