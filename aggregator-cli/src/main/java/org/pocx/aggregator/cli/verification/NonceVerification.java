package org.pocx.aggregator.cli.verification;

import java.time.Duration;
import java.util.Optional;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.filter.NonceVerifier;

/**
 * The check of nonces as it is configured: a background thread with the events of the aggregator as its source, and for the
 * gate a verifier. Thread-safe.
 */
public final class NonceVerification implements AutoCloseable {
    private static final Duration END_WITHIN = Duration.ofSeconds(1);

    private final AuditQueue queue = new AuditQueue();
    private final Auditor auditor;
    private final Thread thread;
    private final Optional<ProofVerifier> gate;

    private NonceVerification(int cpuPercent, boolean isGate, CheckResults results) {
        auditor = new Auditor(
                queue,
                new CpuBudget(cpuPercent),
                results,
                new ThreadCpuTime(),
                System::nanoTime,
                time -> Thread.sleep(time));
        thread = Thread.ofPlatform().name("verification").priority(Thread.MIN_PRIORITY).daemon().unstarted(auditor);
        gate = isGate ? Optional.of(new ProofVerifier(results, gateThreads())) : Optional.empty();
    }

    /** Half of the cores, so that the other half is there for the miners. */
    private static int gateThreads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /**
     * Starts the check.
     *
     * @param results receives each result
     * @return empty if it is off; the caller closes it after the aggregator
     */
    public static Optional<NonceVerification> start(Settings.Verification settings, CheckResults results) {
        return switch (settings.mode()) {
            case OFF -> Optional.empty();
            case AUDIT -> Optional.of(new NonceVerification(settings.cpuPercent(), false, results).started());
            case GATE -> Optional.of(new NonceVerification(settings.cpuPercent(), true, results).started());
        };
    }

    private NonceVerification started() {
        thread.start();
        return this;
    }

    /** {@return the listener for the events of the aggregator; never blocks} */
    public AggregatorListener listener() {
        return queue;
    }

    /** {@return the verifier for nonces that are to be sent, if that is configured} */
    public Optional<NonceVerifier> gate() {
        return gate.map(verifier -> verifier);
    }

    /** Ends all computations. Idempotent. */
    @Override
    public void close() {
        gate.ifPresent(ProofVerifier::close);
        auditor.stop();
        thread.interrupt();
        try {
            thread.join(END_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
