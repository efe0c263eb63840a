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
import org.pocx.aggregator.core.filter.Candidate;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.Upstream;

/**
 * Hands the slots of the upstream to the lanes that have something to send. Thread-safe: all state belongs to this
 * object's monitor, under which no lane is called; lanes call it while they hold their own lock.
 */
final class Dispatcher {
    private static final int MAX_KEYS = 20_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final long QUICK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Upstream upstream;
    private final Scheduler scheduler;
    private final Executor executor;
    private final Slots slots;
    private final Patience patience;

    private final Map<Health, WaitingLine> lines = new EnumMap<>(Health.class);
    private final Set<Lane> ticketed = new HashSet<>();

    /** Lanes whose confirmed best is to be sent again: after everything new. */
    private final WaitingLine resends = new WaitingLine();

    private final Set<Lane> toResend = new HashSet<>();
    private final Map<String, KeyRecord> keys = new LinkedHashMap<>(16, 0.75f, true);
    private boolean open;
    private long pausedUntil;
    private boolean paused;
    private boolean watching;
    private long tickets;

    Dispatcher(int maxInFlight, Upstream upstream, Scheduler scheduler, Executor executor) {
        this.upstream = upstream;
        this.scheduler = scheduler;
        this.executor = executor;
        this.slots = new Slots(maxInFlight);
        this.patience = new Patience(scheduler.nanoTime());
        for (Health health : Health.values()) {
            lines.put(health, new WaitingLine());
        }
    }

    /** Begins to send: the upstream has said what is being mined. */
    synchronized void open() {
        open = true;
        fill();
    }

    /** What is being sent and what waits for a slot, beside that many lanes that wait for something else. */
    synchronized ForwardLoad load(int lanesHeld) {
        return new ForwardLoad(slots.inFlight(), slots.max(), ticketed.size(), lanesHeld);
    }

    /** Begins no attempt any more. */
    synchronized void shut() {
        open = false;
    }

    /** The lane has that candidate to send and room on its ladder. */
    synchronized void ready(Lane lane, Candidate next) {
        if (ticketed.add(lane)) {
            KeyRecord key = keys.getOrDefault(lane.key(), KeyRecord.NEW);
            line(key.health())
                    .add(new Ticket(
                            lane,
                            key,
                            lane.round().recency(),
                            scheduler.nanoTime(),
                            next.rawQuality(),
                            tickets++,
                            false));
        }
        fill();
    }

    /** The lane's confirmed best is to be sent again. */
    synchronized void resend(Lane lane, Candidate confirmed) {
        if (toResend.add(lane)) {
            KeyRecord key = keys.getOrDefault(lane.key(), KeyRecord.NEW);
            resends.add(new Ticket(
                    lane,
                    key,
                    lane.round().recency(),
                    scheduler.nanoTime(),
                    confirmed.rawQuality(),
                    tickets++,
                    true));
            fill();
        }
    }

    /** The lane has something better to send than the two that it is sending: the older may hang. */
    synchronized void crowded(Lane lane) {
        long now = scheduler.nanoTime();
        long time = patience.nanos(Health.PROVEN, now);
        Optional<Attempt> slow = slots.oldestOf(lane, now - time);
        if (slow.isPresent()) {
            slow.get().cutShort();
        } else {
            scheduler.schedule(Duration.ofNanos(time), lane::checkCrowd);
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
        lines.values().forEach(WaitingLine::reorder);
        resends.reorder();
    }

    /** @param answered whether the upstream answered */
    synchronized void ended(Attempt attempt, KeyRecord after, boolean answered) {
        slots.remove(attempt);
        if (answered) {
            long now = scheduler.nanoTime();
            patience.answered(attempt.health(), now - attempt.startedNanos(), now);
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
            Optional<Ticket> next = best().or(this::nextResend);
            if (next.isEmpty()) {
                watch();
                return;
            }
            begin(next.get());
        }
    }

    /** The ticket to serve now: among those whose turn it is in the lines for which there is room. */
    private Optional<Ticket> best() {
        long now = scheduler.nanoTime();
        boolean hopefulWait =
                !line(Health.PROVEN).isEmpty() || !line(Health.UNKNOWN).isEmpty();
        return lines.entrySet().stream()
                .filter(entry -> slots.hasRoomFor(entry.getKey(), hopefulWait))
                .flatMap(entry -> entry.getValue().next(patience.isClogged(entry.getKey(), now)).stream())
                .min(Ticket.ORDER);
    }

    private Optional<Ticket> nextResend() {
        return slots.hasRoomForResend() ? resends.next(false) : Optional.empty();
    }

    private void begin(Ticket ticket) {
        (ticket.resend() ? resends : line(ticket.health())).leave(ticket);
        (ticket.resend() ? toResend : ticketed).remove(ticket.lane());
        Attempt attempt = new Attempt(ticket, scheduler.nanoTime(), upstream, this);
        slots.add(attempt);
        try {
            executor.execute(attempt);
        } catch (RejectedExecutionException e) {
            slots.remove(attempt); // closing
            open = false;
        }
    }

    private WaitingLine line(Health health) {
        WaitingLine line = lines.get(health);
        if (line == null) {
            throw new IllegalStateException("no line for " + health);
        }
        return line;
    }

    /** Lanes wait for a slot: attempts that hang must not keep it from them. */
    private void watch() {
        List<Ticket> waiting =
                lines.values().stream().flatMap(line -> line.next(false).stream()).toList();
        if (waiting.isEmpty()) {
            return;
        }
        slots.makePlace(waiting, patience, scheduler.nanoTime());
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
