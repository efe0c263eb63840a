package org.pocx.aggregator.core;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.cache.MiningInfoCache;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.forward.Forwarder;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NoAnswer;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.mining.SubmissionAnswer;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.mining.SubmissionRefusal;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.round.Round;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.VerdictAnswer;

/**
 * Takes a nonce from its miner: finds its round, hands it to the forwarder, and waits until the miner may have its receipt.
 * Each call ends within 4 seconds, and soon after {@link #close}. Thread-safe; its state is who waits, and whether it is
 * closed.
 */
final class NonceIntake {
    /** An answer to a miner takes at most 4 s; the rest is for the way there and back. */
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(3_700);

    private static final Duration REFRESH_WITHIN = Duration.ofMillis(3_500);

    private final RecentRounds rounds;
    private final MiningInfoCache cache;
    private final Forwarder forwarder;
    private final AggregatorListener listener;
    private final PocTime pocTime;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Map<Thread, Future<Void>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    NonceIntake(
            RecentRounds rounds,
            MiningInfoCache cache,
            Forwarder forwarder,
            AggregatorListener listener,
            PocTime pocTime,
            Scheduler scheduler,
            InstantSource clock) {
        this.rounds = rounds;
        this.cache = cache;
        this.forwarder = forwarder;
        this.listener = listener;
        this.pocTime = pocTime;
        this.scheduler = scheduler;
        this.clock = clock;
    }

    /** @param verdict completed by what becomes of the nonce; null if nobody waits for that */
    SubmissionAnswer take(
            NonceSubmission submission, MinerId miner, @Nullable CompletableFuture<VerdictAnswer> verdict) {
        long begun = scheduler.nanoTime();
        listener.on(new AggregatorEvent.MinerSeen(miner));
        Round round = rounds.find(submission.blockHash());
        if (round == null) {
            if (!cache.refresh(REFRESH_WITHIN)) {
                return new NoAnswer("unknown block hash, and the upstream could not be asked about it");
            }
            round = rounds.find(submission.blockHash());
        }
        if (round == null) {
            return refuse(submission, miner, new SubmissionRefusal(SubmissionRefusal.Reason.UNKNOWN_ROUND));
        }
        @Nullable SubmissionRefusal mismatch = round.refusal(submission);
        if (mismatch != null) {
            return refuse(submission, miner, mismatch);
        }
        CompletableFuture<Void> receipt = forwarder.submit(submission, miner, verdict);
        if (closed && verdict != null) {
            verdict.complete(new VerdictAnswer.Held()); // the forwarder may have answered all who wait before
        }
        if (receipt == null) {
            return rounds.find(submission.blockHash()) == null
                    ? refuse(submission, miner, new SubmissionRefusal(SubmissionRefusal.Reason.UNKNOWN_ROUND))
                    : new NoAnswer("too many accounts in this round");
        }
        return awaitReceipt(receipt, submission, begun);
    }

    private SubmissionRefusal refuse(NonceSubmission submission, MinerId miner, SubmissionRefusal why) {
        listener.on(new AggregatorEvent.FateChanged(
                new ReceivedNonce(submission, miner, clock.instant()),
                null,
                Fate.REFUSED,
                submission.rawQuality(),
                why.message(),
                Duration.ZERO,
                false));
        return why;
    }

    private SubmissionAnswer awaitReceipt(CompletableFuture<Void> given, NonceSubmission submission, long begun) {
        if (!given.isDone()) {
            long left = ANSWER_WITHIN.toNanos() - (scheduler.nanoTime() - begun);
            // A copy, as close() cancels it: others may wait for the same receipt.
            Future<Void> receipt = given.copy();
            waiting.put(Thread.currentThread(), receipt);
            try {
                if (closed) {
                    return closing();
                }
                receipt.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            } catch (CancellationException e) {
                return closing();
            } catch (TimeoutException | ExecutionException e) {
                return new NoAnswer("the nonce could not be made durable, and the upstream gave no verdict in time");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return closing();
            } finally {
                waiting.remove(Thread.currentThread());
            }
        }
        return new SubmissionReceipt(
                submission.rawQuality(), pocTime.seconds(submission.rawQuality(), submission.baseTarget()));
    }

    private static NoAnswer closing() {
        return new NoAnswer("shutting down");
    }

    /** Ends all calls that wait for a receipt, and those that would. */
    void close() {
        closed = true;
        waiting.values().forEach(receipt -> receipt.cancel(false));
    }
}
