package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.pocx.aggregator.core.forward.SlotRequest.Kind;

/**
 * The slots of the upstream: lanes that timed out share at most half, and nonces that are sent again at most a quarter. At an
 * upstream that waits for verdicts, attempts that have waited for a while need no slot, up to a number of their own. Not
 * thread-safe: the {@link Dispatcher} owns it.
 */
final class AttemptsInFlight {
    /** An attempt that is older waits for a verdict, where the upstream waits for those. */
    static final long WAITING_AFTER = Duration.ofSeconds(2).toNanos();

    /** Attempts that wait for a verdict without a slot. */
    static final int MAX_WAITING = 256;

    /** An upstream that waits for verdicts is asked to answer within 20 s at most: an attempt that is older may hang. */
    private static final long LONGEST_WAIT = Duration.ofSeconds(23).toNanos();

    private final int max;
    private final BooleanSupplier waitsForVerdicts;
    private final List<Attempt> running = new ArrayList<>();

    /** @param waitsForVerdicts whether the upstream answers when it has a verdict */
    AttemptsInFlight(int max, BooleanSupplier waitsForVerdicts) {
        this.max = max;
        this.waitsForVerdicts = waitsForVerdicts;
    }

    boolean hasRoomFor(Kind kind, long now) {
        List<Attempt> withSlot = withSlot(now);
        return withSlot.size() < max && count(withSlot, kind) < max(kind);
    }

    /** Those that have a slot: all, without the oldest ones that wait for a verdict. */
    private List<Attempt> withSlot(long now) {
        int waiting = 0;
        int most = waitsForVerdicts.getAsBoolean() ? Math.min(MAX_WAITING, running.size()) : 0;
        while (waiting < most && now - running.get(waiting).startedNanos() >= WAITING_AFTER) {
            waiting++;
        }
        return running.subList(waiting, running.size());
    }

    private int max(Kind kind) {
        return switch (kind) {
            case NEW -> max;
            case AFTER_TIMEOUT -> Math.max(1, max / 2);
            case RESEND -> Math.max(1, max / 4);
        };
    }

    private static long count(List<Attempt> attempts, Kind kind) {
        return attempts.stream()
                .filter(attempt -> attempt.request().kind() == kind)
                .count();
    }

    /** Removes and returns all: they are sent to an upstream that is not the active one any more. */
    List<Attempt> removeAll() {
        List<Attempt> all = List.copyOf(running);
        running.clear();
        return all;
    }

    /**
     * Ends attempts early that may hang, so that the requests which wait get their turn: attempts of a lane that has something
     * better to send, attempts of an older round than a request's, and when nothing was answered for a while, all others.
     *
     * @param waiting requests without a slot, the first ones
     * @param spared how many of the oldest attempts are not ended for others: they show whether the upstream gives verdicts
     */
    void endSlow(Collection<SlotRequest> waiting, int spared, AdaptiveTimeout timeout, long now) {
        boolean isNewWaiting = waiting.stream().anyMatch(request -> request.kind() == Kind.NEW);
        int left = spared;
        long patience = patience(timeout);
        for (Attempt attempt : running) {
            long age = now - attempt.startedNanos();
            if (attempt.isCutShort() || age < patience) {
                continue;
            }
            if (left > 0 && attempt.request().kind() != Kind.RESEND) {
                left--;
                continue;
            }
            boolean mayHang = timeout.isSilent(now)
                    && (isNewWaiting || age >= timeout.nanos(attempt.request().timeouts()));
            if (mayHang || waiting.stream().anyMatch(request -> goesBefore(request, attempt.request()))) {
                attempt.cutShort();
            }
        }
    }

    /** How long an attempt may take before it may be ended for others. */
    private long patience(AdaptiveTimeout timeout) {
        return waitsForVerdicts.getAsBoolean() ? LONGEST_WAIT : timeout.nanos();
    }

    private static boolean goesBefore(SlotRequest waiting, SlotRequest running) {
        return (waiting.lane() == running.lane() && waiting.lane().needsOnlyBest())
                || waiting.recency() > running.lane().round().recency();
    }

    /** The oldest attempt of a lane, if it may be ended for a better one. */
    Optional<Attempt> slowOf(LaneRunner lane, AdaptiveTimeout timeout, long now) {
        long startedBefore = now - patience(timeout);
        return running.stream()
                .filter(attempt -> attempt.request().lane() == lane && attempt.startedNanos() - startedBefore <= 0)
                .findFirst();
    }

    /** How long a lane of which as many are being sent as allowed waits before it looks again. */
    long nextLook(AdaptiveTimeout timeout) {
        return Math.min(patience(timeout), WAITING_AFTER);
    }

    /** Attempts are added as they start, so that the oldest is first. */
    void add(Attempt attempt) {
        running.add(attempt);
    }

    void remove(Attempt attempt) {
        running.remove(attempt);
    }

    int count() {
        return running.size();
    }

    int countWithSlot(long now) {
        return withSlot(now).size();
    }

    int max() {
        return max;
    }

    List<Attempt> all() {
        return List.copyOf(running);
    }
}
