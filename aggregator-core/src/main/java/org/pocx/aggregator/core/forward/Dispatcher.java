package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.forward.SlotRequest.Kind;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.ForwardLoad;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Gives the slots of the upstream to the lanes that have something to send. Thread-safe: all state belongs to this object's
 * monitor, under which no lane is called.
 */
final class Dispatcher {
    private static final int MAX_KEYS = 20_000;
    private static final Duration CHECK_EVERY = Duration.ofMillis(50);
    private static final long QUICK_NANOS = Duration.ofSeconds(1).toNanos();

    /** Attempts of several accounts that may take their whole time, where other upstreams could take over. */
    private static final int WITNESSES = 3;

    private final Destinations destinations;
    private final AttemptObserver observer;
    private final Scheduler scheduler;
    private final Executor executor;
    private final AttemptsInFlight attempts;
    private AdaptiveTimeout timeout;

    /** Attempts to upstreams that were active before; at most as many as there are slots. */
    private final Deque<Attempt> late = new ArrayDeque<>();

    private final Map<Kind, NavigableSet<SlotRequest>> requests = new EnumMap<>(Kind.class);
    private final Set<LaneRunner> requesting = new HashSet<>();
    private final Set<LaneRunner> requestingResend = new HashSet<>();

    /** By filter key: attempts in a row that timed out or were ended early. Keys without one are not in it. */
    private final Map<String, Integer> timeouts = new LinkedHashMap<>(16, 0.75f, true);

    private boolean open;
    private boolean shut;
    private long pausedUntil;
    private boolean paused;
    private boolean checking;
    private long numbers;

    Dispatcher(
            int maxInFlight,
            Destinations destinations,
            AttemptObserver observer,
            Scheduler scheduler,
            Executor executor) {
        this.destinations = destinations;
        this.observer = observer;
        this.scheduler = scheduler;
        this.executor = executor;
        this.attempts = new AttemptsInFlight(
                maxInFlight, () -> destinations.active().port().waitsForVerdicts());
        this.timeout = new AdaptiveTimeout(scheduler.nanoTime());
        for (Kind kind : Kind.values()) {
            requests.put(kind, new TreeSet<>(SlotRequest.ORDER));
        }
    }

    /** Begins to send: the upstream has said what is being mined. */
    synchronized void open() {
        open = !shut;
        fill();
    }

    /**
     * Another upstream is the active one: it has all slots. Attempts to the former one go on, as their verdicts still count; of
     * too many, the oldest ones are ended.
     *
     * @param answers whether it has said what is being mined
     */
    synchronized void upstreamChanged(boolean answers) {
        late.addAll(attempts.removeAll());
        late.stream().limit(Math.max(0, late.size() - attempts.max())).forEach(Attempt::cutShort);
        timeouts.clear();
        timeout = new AdaptiveTimeout(scheduler.nanoTime());
        paused = false;
        open = answers && !shut;
        fill();
    }

    /** What is being sent and what waits for a slot, and that many lanes that wait for something else. */
    synchronized ForwardLoad load(int lanesHeld) {
        return new ForwardLoad(
                attempts.countWithSlot(scheduler.nanoTime()), attempts.max(), requesting.size(), lanesHeld);
    }

    /** Begins no further attempt. */
    synchronized void shut() {
        shut = true;
        open = false;
    }

    /**
     * The lane has a candidate to send, and may send it.
     *
     * @param rawQuality u64, what the candidate claims
     */
    synchronized void ready(LaneRunner lane, long rawQuality) {
        if (requesting.add(lane)) {
            request(lane, rawQuality, false);
        }
        fill();
    }

    /**
     * The lane's confirmed best is to be sent again, after all that is new.
     *
     * @param rawQuality u64, what it claims
     */
    synchronized void resend(LaneRunner lane, long rawQuality) {
        if (requestingResend.add(lane)) {
            request(lane, rawQuality, true);
            fill();
        }
    }

    private void request(LaneRunner lane, long rawQuality, boolean isResend) {
        SlotRequest request = new SlotRequest(
                lane,
                timeouts.getOrDefault(lane.key(), 0),
                lane.round().recency(),
                scheduler.nanoTime(),
                rawQuality,
                numbers++,
                isResend);
        requests(request.kind()).add(request);
    }

    private NavigableSet<SlotRequest> requests(Kind kind) {
        return Objects.requireNonNull(requests.get(kind));
    }

    /**
     * The lane has something better to send than those that it is sending: the older one may hang.
     *
     * @param checkLater called when it has taken long enough, if it has not yet
     */
    synchronized void endSlowAttempt(LaneRunner lane, Runnable checkLater) {
        Optional<Attempt> slow = attempts.slowOf(lane, timeout, scheduler.nanoTime());
        if (slow.isPresent()) {
            slow.get().cutShort();
        } else {
            scheduler.schedule(Duration.ofNanos(attempts.nextLook(timeout)), checkLater);
        }
    }

    /**
     * The upstream answers again: what began before it was asked and has no answer yet will have none. Unless it took its time
     * with this answer, too: then it is slow.
     */
    synchronized void outageEnded(long askedNanos) {
        if (scheduler.nanoTime() - askedNanos > QUICK_NANOS) {
            return;
        }
        attempts.all().stream()
                .filter(attempt -> attempt.startedNanos() - askedNanos < 0)
                .forEach(Attempt::giveUpAsLost);
    }

    /** Sends nothing for that long, if the upstream that asks for it is the active one. */
    synchronized void pause(Duration time, String upstream) {
        long until = scheduler.nanoTime() + time.toNanos();
        if (!time.isZero() && upstream.equals(destinations.active().id()) && (!paused || until - pausedUntil > 0)) {
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
        for (NavigableSet<SlotRequest> waiting : requests.values()) {
            List<SlotRequest> all = List.copyOf(waiting);
            waiting.clear();
            all.forEach(request -> waiting.add(request.renewed()));
        }
    }

    /** @param outcome null when the lane had nothing to send */
    synchronized void ended(Attempt attempt, @Nullable SubmitOutcome outcome) {
        if (!late.remove(attempt)) {
            attempts.remove(attempt);
            if (outcome != null) {
                learn(attempt, outcome);
            }
        }
        fill();
        notifyAll();
    }

    private void learn(Attempt attempt, SubmitOutcome outcome) {
        long now = scheduler.nanoTime();
        if (!(outcome instanceof UpstreamTrouble trouble && trouble.isUnreachable())) {
            timeout.answered(now - attempt.startedNanos(), now);
        }
        String key = attempt.request().lane().key();
        int inARow = attempt.timeoutsAfter(outcome);
        if (inARow == 0) {
            timeouts.remove(key);
        } else {
            timeouts.put(key, inARow);
        }
        if (timeouts.size() > MAX_KEYS) {
            timeouts.remove(timeouts.keySet().iterator().next());
        }
    }

    private void fill() {
        while (open && !paused) {
            Optional<SlotRequest> next = waiting()
                    .filter(request -> attempts.hasRoomFor(request.kind(), scheduler.nanoTime()))
                    .min(SlotRequest.ORDER)
                    .or(this::nextResend);
            if (next.isEmpty()) {
                endSlowAttempts();
                return;
            }
            begin(next.get());
        }
    }

    /** The first requests of what is new. */
    private Stream<SlotRequest> waiting() {
        return Stream.of(Kind.NEW, Kind.AFTER_TIMEOUT)
                .map(this::requests)
                .filter(all -> !all.isEmpty())
                .map(NavigableSet::first);
    }

    private Optional<SlotRequest> nextResend() {
        NavigableSet<SlotRequest> resends = requests(Kind.RESEND);
        return resends.isEmpty() || !attempts.hasRoomFor(Kind.RESEND, scheduler.nanoTime())
                ? Optional.empty()
                : Optional.of(resends.first());
    }

    private void begin(SlotRequest request) {
        requests(request.kind()).remove(request);
        (request.isResend() ? requestingResend : requesting).remove(request.lane());
        Attempt attempt = new Attempt(request, scheduler.nanoTime(), observer, this);
        attempts.add(attempt);
        try {
            executor.execute(attempt);
        } catch (RejectedExecutionException e) {
            attempts.remove(attempt); // closing
            shut = true;
            open = false;
        }
    }

    /** Lanes wait for a slot: attempts that hang must not keep it from them. */
    private void endSlowAttempts() {
        List<SlotRequest> waiting = waiting().toList();
        if (waiting.isEmpty()) {
            return;
        }
        attempts.endSlow(waiting, witnesses(), timeout, scheduler.nanoTime());
        if (!checking) {
            checking = true;
            scheduler.schedule(CHECK_EVERY, this::check);
        }
    }

    private int witnesses() {
        return destinations.areSeveral() ? Math.clamp(attempts.max() / 8, 1, WITNESSES) : 0;
    }

    private synchronized void check() {
        checking = false;
        fill();
    }

    /** Waits until no attempt is running; interrupts those that still are when the time is over. */
    synchronized void drain(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (attempts.count() > 0 || !late.isEmpty()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                attempts.all().forEach(Attempt::cutShort);
                late.forEach(Attempt::cutShort);
                return;
            }
            wait(left / 1_000_000 + 1);
        }
    }
}
