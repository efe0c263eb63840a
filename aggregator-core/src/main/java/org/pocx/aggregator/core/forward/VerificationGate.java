package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.filter.NonceVerifier;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.time.Scheduler;

/**
 * Has candidates of machines that are not trusted verified, for a limited time. Bounded: {@value #MAX_RUNNING} at once, one
 * of each address; others are not verified.
 *
 * <p>Thread-safe: the set of addresses belongs to this object's monitor, under which nothing is called.
 */
final class VerificationGate {
    static final int MAX_RUNNING = 64;

    /** The highest compression that is computed. */
    static final int MAX_COMPRESSION = 6;

    private static final Duration LONGEST = Duration.ofMillis(500);
    private static final long POC_TIME_OF_LONGEST = 2;
    private static final Duration QUARTER_SECOND = Duration.ofMillis(250);

    private static final System.Logger LOG = System.getLogger(VerificationGate.class.getName());

    private final @Nullable NonceVerifier verifier;
    private final PocTime pocTime;
    private final Scheduler scheduler;
    private final Set<String> running = new HashSet<>();

    /** @param verifier null to verify nothing */
    VerificationGate(@Nullable NonceVerifier verifier, PocTime pocTime, Scheduler scheduler) {
        this.verifier = verifier;
        this.pocTime = pocTime;
        this.scheduler = scheduler;
    }

    /** The rule for the candidates of one round. */
    VerificationRule rule(MachineRanking machines) {
        return verifier == null ? VerificationRule.NONE : (candidate, facts) -> timeFor(candidate, facts, machines);
    }

    private Duration timeFor(Candidate candidate, LaneFacts facts, MachineRanking machines) {
        NonceSubmission nonce = candidate.submission();
        int limit = Math.min(MAX_COMPRESSION, facts.round().info().targetCompressionLevel());
        return candidate.skipsVerification()
                || nonce.compression() > limit
                || machines.isTrusted(candidate.machine())
                        ? Duration.ZERO
                        : quarter(pocTime.seconds(nonce.rawQuality(), nonce.baseTarget()));
    }

    /** A quarter of a poc_time, which is u64 seconds, but not more than the longest wait. */
    private static Duration quarter(long seconds) {
        return Long.compareUnsigned(seconds, POC_TIME_OF_LONGEST) >= 0
                ? LONGEST
                : QUARTER_SECOND.multipliedBy(seconds);
    }

    /**
     * Verifies a candidate.
     *
     * @param atMost for how long
     * @param done called once, at once or later, by any thread
     */
    void verify(Candidate candidate, Duration atMost, Consumer<Verification> done) {
        String address = candidate.machine().address();
        if (verifier == null || !enter(address)) {
            done.accept(new Verification.Unknown());
            return;
        }
        AtomicBoolean ended = new AtomicBoolean();
        Consumer<Verification> end = verification -> {
            if (ended.compareAndSet(false, true)) {
                leave(address);
                done.accept(verification);
            }
        };
        CompletableFuture<Long> quality = begin(verifier, candidate.nonce());
        Scheduler.Task timer = scheduler.schedule(atMost, () -> {
            end.accept(new Verification.Unknown());
            quality.cancel(true);
        });
        whenKnown(quality, verification -> {
            timer.cancel();
            end.accept(verification);
        });
    }

    private synchronized boolean enter(String address) {
        return running.size() < MAX_RUNNING && running.add(address);
    }

    private synchronized void leave(String address) {
        running.remove(address);
    }

    /** A verifier that fails must not cost a nonce its way to the upstream. */
    private static CompletableFuture<Long> begin(NonceVerifier verifier, ReceivedNonce nonce) {
        try {
            return verifier.quality(nonce);
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "the verifier of nonces failed", fault);
            return CompletableFuture.failedFuture(fault);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what it throws, the thread that completes it gets
    private static void whenKnown(CompletableFuture<Long> quality, Consumer<Verification> done) {
        quality.whenComplete((rawQuality, fault) -> done
                .accept(fault == null ? new Verification.Computed(rawQuality) : new Verification.Unknown()));
    }
}
