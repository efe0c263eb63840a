package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.pocx.aggregator.core.ForwardLoad;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.Upstream;

/**
 * Gives the slots of the upstream to the lanes that have something to send. Thread-safe: all state belongs to this
 * object's monitor, under which no lane is called.
 */
final class Dispatcher {
    private static final int MAX_KEYS = 20_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final long QUICK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Upstream upstream;
    private final Scheduler scheduler;
    private final Executor executor;
    private final AttemptsInFlight slots;
    private final AdaptiveTimeout timeout;

    private final Map<KeyStatus, SlotRequestQueue> queues = new EnumMap<>(KeyStatus.class);
    private final Set<LaneRunner> requesting = new HashSet<>();

    /** Lanes whose confirmed best is to be sent again: after all that is new. */
    private final SlotRequestQueue resends = new SlotRequestQueue();

    private final Set<LaneRunner> requestingResend = new HashSet<>();
    private final Map<String, KeyHistory> keys = new LinkedHashMap<>(16, 0.75f, true);
    private boolean open;
    private long pausedUntil;
    private boolean paused;
    private boolean watching;
    private long requests;

    Dispatcher(int maxInFlight, Upstream upstream, Scheduler scheduler, Executor executor) {
        this.upstream = upstream;
        this.scheduler = scheduler;
        this.executor = executor;
        this.slots = new AttemptsInFlight(maxInFlight);
        this.timeout = new AdaptiveTimeout(scheduler.nanoTime());
        for (KeyStatus status : KeyStatus.values()) {
            queues.put(status, new SlotRequestQueue());
        }
    }

    /** Begins to send: the upstream has said what is being mined. */
    synchronized void open() {
        open = true;
        fill();
    }

    /** What is being sent and what waits for a slot, beside that many lanes that wait for something else. */
    synchronized ForwardLoad load(int lanesHeld) {
        return new ForwardLoad(slots.inFlight(), slots.max(), requesting.size(), lanesHeld);
    }

    /** Begins no attempt any more. */
    synchronized void shut() {
        open = false;
    }

    /**
     * The lane has a candidate to send, and may send it.
     *
     * @param rawQuality u64, what the candidate claims
     */
    synchronized void ready(LaneRunner lane, long rawQuality) {
        if (requesting.add(lane)) {
            SlotRequest request = request(lane, rawQuality, false);
            queue(request.status()).add(request);
        }
        fill();
    }

    /**
     * The lane's confirmed best is to be sent again.
     *
     * @param rawQuality u64, what it claims
     */
    synchronized void resend(LaneRunner lane, long rawQuality) {
        if (requestingResend.add(lane)) {
            resends.add(request(lane, rawQuality, true));
            fill();
        }
    }

    private SlotRequest request(LaneRunner lane, long rawQuality, boolean isResend) {
        return new SlotRequest(
                lane,
                keys.getOrDefault(lane.key(), KeyHistory.NEW),
                lane.round().recency(),
                scheduler.nanoTime(),
                rawQuality,
                requests++,
                isResend);
    }

    /**
     * The lane has something better to send than those that it is sending: the older one may hang.
     *
     * @param checkLater called when it has taken long enough, if it has not yet
     */
    synchronized void endSlowAttempt(LaneRunner lane, Runnable checkLater) {
        long now = scheduler.nanoTime();
        long time = timeout.nanos(KeyStatus.PROVEN, now);
        Optional<Attempt> slow = slots.oldestOf(lane, now - time);
        if (slow.isPresent()) {
            slow.get().cutShort();
        } else {
            scheduler.schedule(Duration.ofNanos(time), checkLater);
        }
    }

    /**
     * The upstream is back: what began before it was asked and has no answer yet will have none. Unless it took its time with
     * this answer, too: then it is not back but slow.
     */
    synchronized void outageEnded(long askedNanos) {
        if (scheduler.nanoTime() - askedNanos > QUICK_NANOS) {
            return;
        }
        slots.all().stream()
                .filter(attempt -> attempt.startedNanos() - askedNanos < 0)
                .forEach(Attempt::giveUpAsLost);
    }

    /** Sends nothing for that long. */
    synchronized void pause(Duration time) {
        long until = scheduler.nanoTime() + time.toNanos();
        if (!time.isZero() && (!paused || until - pausedUntil > 0)) {
            paused = true;
            pausedUntil = until;
            scheduler.schedule(time, this::resume);
        }
    }

    private synchronized void resume() {
        if (paused && scheduler.nanoTime() - pausedUntil >= 0) {
            paused = false;
            fill();
        }
    }

    /** The rounds have another order now. */
    synchronized void reorder() {
        queues.values().forEach(SlotRequestQueue::reorder);
        resends.reorder();
    }

    /** @param answered whether the upstream answered */
    synchronized void ended(Attempt attempt, KeyHistory after, boolean answered) {
        slots.remove(attempt);
        if (answered) {
            long now = scheduler.nanoTime();
            timeout.answered(attempt.status(), now - attempt.startedNanos(), now);
        }
        keys.put(attempt.lane().key(), after);
        if (keys.size() > MAX_KEYS) {
            keys.remove(keys.keySet().iterator().next());
        }
        fill();
        notifyAll();
    }

    private void fill() {
        while (open && !paused) {
            Optional<SlotRequest> next = best().or(this::nextResend);
            if (next.isEmpty()) {
                watch();
                return;
            }
            begin(next.get());
        }
    }

    /** The request to serve now: among the next ones of the queues for which there is a slot. */
    private Optional<SlotRequest> best() {
        long now = scheduler.nanoTime();
        boolean hopefulWait =
                !queue(KeyStatus.PROVEN).isEmpty() || !queue(KeyStatus.UNKNOWN).isEmpty();
        return queues.entrySet().stream()
                .filter(entry -> slots.hasRoomFor(entry.getKey(), hopefulWait))
                .flatMap(entry -> entry.getValue().next(timeout.isClogged(entry.getKey(), now)).stream())
                .min(SlotRequest.ORDER);
    }

    private Optional<SlotRequest> nextResend() {
        return slots.hasRoomForResend() ? resends.next(false) : Optional.empty();
    }

    private void begin(SlotRequest request) {
        (request.resend() ? resends : queue(request.status())).remove(request);
        (request.resend() ? requestingResend : requesting).remove(request.lane());
        Attempt attempt = new Attempt(request, scheduler.nanoTime(), upstream, this);
        slots.add(attempt);
        try {
            executor.execute(attempt);
        } catch (RejectedExecutionException e) {
            slots.remove(attempt); // closing
            open = false;
        }
    }

    private SlotRequestQueue queue(KeyStatus status) {
        SlotRequestQueue queue = queues.get(status);
        if (queue == null) {
            throw new IllegalStateException("no queue for " + status);
        }
        return queue;
    }

    /** Lanes wait for a slot: attempts that hang must not keep it from them. */
    private void watch() {
        List<SlotRequest> waiting =
                queues.values().stream().flatMap(queue -> queue.next(false).stream()).toList();
        if (waiting.isEmpty()) {
            return;
        }
        slots.makePlace(waiting, timeout, scheduler.nanoTime());
        if (!watching) {
            watching = true;
            scheduler.schedule(LOOK_EVERY, this::watched);
        }
    }

    private synchronized void watched() {
        watching = false;
        fill();
    }

    /** Waits until no attempt is running; interrupts those that still are when the time is over. */
    synchronized void drain(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!slots.isEmpty()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                slots.all().forEach(Attempt::cutShort);
                return;
            }
            wait(left / 1_000_000 + 1);
        }
    }
}
