package org.pocx.aggregator.core.forward;

import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * One slot's work: takes a lane's next candidate and sends it. Its state belongs to its monitor; the thread that runs
 * it may be interrupted by {@link #cutShort} until the upstream has answered, and not after.
 */
final class Attempt implements Runnable {
    /** Why an attempt was not waited for any longer. */
    enum Cut {
        /** It was. */
        NOT,
        /** Others needed its slot: it may hang. */
        FOR_OTHERS,
        /** It began before an outage that is over: its answer is lost. */
        AFTER_OUTAGE
    }

    private final LaneRunner lane;
    private final KeyHistory key;
    private final boolean resend;
    private final long startedNanos;
    private final Upstream upstream;
    private final Dispatcher dispatcher;

    private @Nullable Thread sender;
    private Cut cut = Cut.NOT;

    Attempt(SlotRequest request, long startedNanos, Upstream upstream, Dispatcher dispatcher) {
        this.lane = request.lane();
        this.key = request.key();
        this.resend = request.resend();
        this.startedNanos = startedNanos;
        this.upstream = upstream;
        this.dispatcher = dispatcher;
    }

    LaneRunner lane() {
        return lane;
    }

    /** How the lane's key did when the attempt began. */
    KeyStatus status() {
        return key.status();
    }

    /** How often in a row attempts under that key were given up before. */
    int strikes() {
        return key.strikes();
    }

    /** Whether it sends the lane's confirmed best again. */
    boolean isResend() {
        return resend;
    }

    long startedNanos() {
        return startedNanos;
    }

    @Override
    public void run() {
        KeyHistory after = key;
        boolean answered = false;
        try {
            Candidate candidate = resend ? lane.takeResend() : lane.takeNext();
            if (candidate != null) {
                SubmitOutcome outcome = send(candidate);
                after = judge(outcome);
                answered = !(outcome instanceof UpstreamTrouble.Unreachable);
                if (resend) {
                    lane.finishResend(candidate, outcome);
                } else {
                    lane.finish(candidate, outcome, cut());
                }
            }
        } finally {
            dispatcher.ended(this, after, answered);
        }
    }

    private SubmitOutcome send(Candidate candidate) {
        begin();
        try {
            return upstream.submit(candidate.submission());
        } catch (RuntimeException e) {
            return new UpstreamTrouble.Unreachable("sending a nonce failed: " + e, false);
        } finally {
            end();
        }
    }

    private KeyHistory judge(SubmitOutcome outcome) {
        if (!(outcome instanceof UpstreamTrouble.Unreachable unreachable)) {
            return KeyHistory.PROVEN;
        }
        return switch (cut()) {
            case AFTER_OUTAGE -> key;
            case FOR_OTHERS -> key.timedOut();
            case NOT -> unreachable.timedOut() ? key.timedOut() : key.failed();
        };
    }

    private synchronized void begin() {
        sender = Thread.currentThread();
        if (cut != Cut.NOT) {
            sender.interrupt();
        }
    }

    private synchronized void end() {
        sender = null;
        // An interrupt that came too late for the upstream must not reach what the thread does next.
        if (Thread.interrupted() && cut == Cut.NOT) {
            cut = Cut.FOR_OTHERS;
        }
    }

    /** Ends it, as others need its slot. */
    void cutShort() {
        cut(Cut.FOR_OTHERS);
    }

    /** Ends it, as it began before an outage that is over. */
    void giveUpAsLost() {
        cut(Cut.AFTER_OUTAGE);
    }

    private synchronized void cut(Cut why) {
        cut = why;
        if (sender != null) {
            sender.interrupt();
        }
    }

    boolean isCutShort() {
        return cut() != Cut.NOT;
    }

    private synchronized Cut cut() {
        return cut;
    }
}
