package org.pocx.aggregator.core.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.Upstream;

/**
 * The attempts of one process: each begins when the test says so, is at the upstream until the test answers it, and may be
 * overtaken meanwhile. Each has a thread of its own, but only one runs at any time, so that a history repeats itself.
 */
final class ModelAttempts implements Executor, Upstream {
    private final List<Attempt> begun = new ArrayList<>();
    private final List<Sent> atUpstream = new ArrayList<>();
    private final BlockingQueue<Runnable> stops = new LinkedBlockingQueue<>();
    private final Consumer<NonceSubmission> observer;
    private volatile @Nullable Attempt sending;
    private volatile boolean waiting;

    /** @param observer told of each nonce that is being sent, before it is counted as being at the upstream */
    ModelAttempts(Consumer<NonceSubmission> observer) {
        this.observer = observer;
    }

    @Override
    public void execute(Runnable attempt) {
        begun.add((Attempt) attempt);
    }

    /** Attempts that have a slot and have not sent anything yet. */
    int begun() {
        return begun.size();
    }

    /** What has been sent and not been answered. */
    List<NonceSubmission> atUpstream() {
        return atUpstream.stream().map(Sent::submission).toList();
    }

    /** Whether the aggregator waits for the answer no more. */
    boolean isGivenUp(int index) {
        return atUpstream.get(index).attempt.isCutShort();
    }

    /** Lets an attempt send its nonce. */
    void send(int index) {
        Attempt attempt = begun.remove(index);
        sending = attempt;
        Thread.ofVirtual().start(() -> run(attempt));
        awaitStop();
    }

    private void run(Attempt attempt) {
        try {
            attempt.run();
            stops.add(() -> {});
        } catch (RuntimeException | Error e) {
            stops.add(() -> {
                throw new AssertionError("an attempt ended with " + e, e);
            });
        }
    }

    /** The attempt for what was sent ends so. */
    void answer(int index, SubmitOutcome outcome) {
        Sent sent = atUpstream.remove(index);
        sent.outcome = outcome;
        sent.answered.countDown();
        awaitStop();
    }

    private void awaitStop() {
        try {
            stops.take().run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public SubmitOutcome submit(NonceSubmission submission) {
        Sent sent = new Sent(submission, Objects.requireNonNull(sending));
        stops.add(() -> {
            observer.accept(submission);
            atUpstream.add(sent);
        });
        return sent.await();
    }

    /** Whether the upstream has shown that it answers when it has a verdict. */
    void waitsForVerdicts(boolean waits) {
        waiting = waits;
    }

    @Override
    public boolean waitsForVerdicts() {
        return waiting;
    }

    @Override
    public MiningInfoOutcome fetchMiningInfo() {
        throw new IllegalStateException("the test polls by itself");
    }

    private static final class Sent {
        private final NonceSubmission submission;
        private final Attempt attempt;
        private final CountDownLatch answered = new CountDownLatch(1);
        private volatile @Nullable SubmitOutcome outcome;

        Sent(NonceSubmission submission, Attempt attempt) {
            this.submission = submission;
            this.attempt = attempt;
        }

        NonceSubmission submission() {
            return submission;
        }

        /** Being interrupted ends nothing here: the test decides when that is noticed. */
        SubmitOutcome await() {
            boolean interrupted = false;
            while (answered.getCount() > 0) {
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return Objects.requireNonNull(outcome);
        }
    }
}
