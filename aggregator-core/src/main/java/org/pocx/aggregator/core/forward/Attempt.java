package org.pocx.aggregator.core.forward;

import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * The work of one slot: takes a lane's next candidate and sends it. Its state belongs to its monitor; the thread that runs
 * it may be interrupted by {@link #cutShort} until the upstream has answered, and not after.
 */
final class Attempt implements Runnable {
    /** Why an attempt was ended early. */
    enum Cut {
        /** It was not. */
        NOT,
        /** Others needed its slot: it may hang. */
        FOR_OTHERS,
        /** It began before an outage that is over: its answer is lost. */
        AFTER_OUTAGE
    }

    private final SlotRequest request;
    private final long startedNanos;
    private final AttemptObserver observer;
    private final Dispatcher dispatcher;

    private @Nullable Thread sender;
    private Cut cut = Cut.NOT;

    Attempt(SlotRequest request, long startedNanos, AttemptObserver observer, Dispatcher dispatcher) {
        this.request = request;
        this.startedNanos = startedNanos;
        this.observer = observer;
        this.dispatcher = dispatcher;
    }

    SlotRequest request() {
        return request;
    }

    long startedNanos() {
        return startedNanos;
    }

    @Override
    public void run() {
        LaneRunner lane = request.lane();
        @Nullable SubmitOutcome outcome = null;
        try {
            Sending sending = request.isResend() ? lane.takeResend() : lane.takeNext();
            if (sending != null) {
                outcome = send(sending);
                lane.finish(sending, outcome, cut());
                observer.ended(
                        sending.destination().id(),
                        sending.candidate().accountId(),
                        outcome,
                        isCutShort(),
                        startedNanos);
            }
        } finally {
            dispatcher.ended(this, outcome);
        }
    }

    private SubmitOutcome send(Sending sending) {
        begin();
        try {
            return sending.submit();
        } catch (RuntimeException e) {
            return UpstreamTrouble.unreachable("sending a nonce failed: " + e);
        } finally {
            end();
        }
    }

    /** How many attempts in a row under the lane's key have timed out when this one ended with that outcome. */
    int timeoutsAfter(SubmitOutcome outcome) {
        if (!(outcome instanceof UpstreamTrouble trouble && trouble.isUnreachable())) {
            return 0;
        }
        return switch (cut()) {
            case AFTER_OUTAGE -> request.timeouts();
            case FOR_OTHERS -> request.timeouts() + 1;
            case NOT -> trouble.kind() == UpstreamTrouble.Kind.TIMED_OUT ? request.timeouts() + 1 : 0;
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
