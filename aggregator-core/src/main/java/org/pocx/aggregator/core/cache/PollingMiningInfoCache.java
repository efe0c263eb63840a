package org.pocx.aggregator.core.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.MiningInfoAnswer;
import org.pocx.aggregator.core.mining.MiningInfoUnavailable;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Polls the upstream at a fixed interval, and once more when somebody needs to know sooner.
 *
 * <p>A poll that hangs does not blind the farm: after {@link #HEDGE_NANOS} a second one is sent beside it. All mutable
 * state belongs to this object's monitor, but {@code view}, which is replaced as a whole and read without a lock.
 */
public final class PollingMiningInfoCache implements MiningInfoCache {
    private static final Duration FIRST_ANSWER_WAIT = Duration.ofSeconds(3);
    private static final long HEDGE_NANOS = Duration.ofSeconds(4).toNanos();
    private static final int MAX_POLLS_IN_FLIGHT = 2;

    private final Upstream upstream;
    private final Duration interval;
    private final Duration staleIfError;
    private final Scheduler scheduler;
    private final Executor executor;
    private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();

    /** Held while the observer is told, so that it hears one answer after the other; taken before the monitor. */
    private final ReentrantLock telling = new ReentrantLock();

    private volatile View view = View.NOTHING;

    private volatile Observer observer = (outcome, asked) -> {};
    private final List<Long> inFlight = new ArrayList<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private boolean wanted;
    private @Nullable Long lastExtraPoll;
    private @Nullable Long lastApplied;
    private boolean closed;

    /**
     * @param interval between the starts of two polls
     * @param staleIfError how long the last info is handed out while the upstream is away
     * @param scheduler for the intervals
     * @param executor runs the blocking questions; best a thread (virtual) each
     */
    public PollingMiningInfoCache(
            Upstream upstream, Duration interval, Duration staleIfError, Scheduler scheduler, Executor executor) {
        this.upstream = upstream;
        this.interval = interval;
        this.staleIfError = staleIfError;
        this.scheduler = scheduler;
        this.executor = executor;
    }

    @Override
    public void start(Observer told) {
        observer = told;
        tick();
    }

    private void tick() {
        synchronized (this) {
            if (closed) {
                return;
            }
            scheduler.schedule(interval, this::tick);
            if (mayPoll()) {
                poll();
            }
        }
    }

    private boolean mayPoll() {
        return inFlight.isEmpty()
                || (inFlight.size() < MAX_POLLS_IN_FLIGHT
                        && scheduler.nanoTime() - inFlight.getLast() >= HEDGE_NANOS);
    }

    private void poll() {
        Long asked = scheduler.nanoTime();
        inFlight.add(asked);
        wanted = false;
        try {
            executor.execute(() -> ask(asked));
        } catch (RejectedExecutionException e) {
            inFlight.remove(asked); // closing
        }
    }

    private void ask(Long asked) {
        MiningInfoOutcome outcome;
        try {
            outcome = upstream.fetchMiningInfo();
        } catch (RuntimeException e) {
            outcome = new UpstreamTrouble.Unreachable("asking for mining info failed: " + e, false);
        }
        answered(outcome, asked);
    }

    private void answered(MiningInfoOutcome outcome, Long asked) {
        telling.lock();
        try {
            MiningInfoOutcome settled = settle(outcome, asked);
            if (settled != null) {
                observer.polled(settled, asked);
                firstAnswer.complete(null);
                release(settled instanceof MiningInfoOutcome.Fetched, asked);
            }
        } finally {
            telling.unlock();
        }
        refreshIfWanted();
    }

    /** What the answer changes, or null when a younger one has been told already. */
    private synchronized @Nullable MiningInfoOutcome settle(MiningInfoOutcome outcome, Long asked) {
        inFlight.remove(asked);
        if (closed || (lastApplied != null && asked - lastApplied < 0)) {
            return null;
        }
        lastApplied = asked;
        return apply(outcome);
    }

    private MiningInfoOutcome apply(MiningInfoOutcome outcome) {
        View last = view;
        return switch (outcome) {
            case MiningInfoOutcome.Fetched fetched -> {
                MiningInfo info = fetched.info().equals(last.info) && last.info != null ? last.info : fetched.info();
                view = new View(info, scheduler.nanoTime(), null);
                yield new MiningInfoOutcome.Fetched(info);
            }
            case UpstreamTrouble trouble -> {
                view = new View(last.info, last.learnedNanos, trouble);
                yield trouble;
            }
        };
    }

    private synchronized void release(boolean good, long asked) {
        waiters.removeIf(waiter -> {
            boolean served = asked - waiter.since >= 0;
            if (served) {
                waiter.done.complete(good);
            }
            return served;
        });
    }

    @Override
    public boolean refresh(Duration atMost) {
        Waiter waiter;
        synchronized (this) {
            if (closed) {
                return false;
            }
            waiter = new Waiter(scheduler.nanoTime(), new CompletableFuture<>());
            waiters.add(waiter);
            wanted = true;
            refreshIfWanted();
        }
        try {
            return waiter.done.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            synchronized (this) {
                waiters.remove(waiter);
            }
        }
    }

    @Override
    public synchronized void refreshSoon() {
        wanted = true;
        refreshIfWanted();
    }

    /** One extra poll an interval; when it is too early, the next regular one serves those who wait. */
    private synchronized void refreshIfWanted() {
        long now = scheduler.nanoTime();
        boolean early = lastExtraPoll != null && now - lastExtraPoll < interval.toNanos();
        if (wanted && !closed && !early && inFlight.size() < MAX_POLLS_IN_FLIGHT) {
            lastExtraPoll = now;
            poll();
        }
    }

    @Override
    public MiningInfoAnswer current() {
        View now = view;
        if (now.info == null) {
            awaitFirstAnswer();
            now = view;
        }
        if (now.info == null) {
            return new MiningInfoUnavailable("No mining info from the upstream yet");
        }
        return tooOld(now)
                ? new MiningInfoUnavailable("The upstream is away and its last mining info too old")
                : now.info;
    }

    private boolean tooOld(View now) {
        long age = scheduler.nanoTime() - now.learnedNanos;
        long limit = staleIfError.toNanos();
        // A poll that has not ended yet is no trouble so far: it has two intervals more.
        return age > limit && (now.trouble != null || age > limit + 2 * interval.toNanos());
    }

    private void awaitFirstAnswer() {
        try {
            firstAnswer.get(FIRST_ANSWER_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return; // what there is then is the answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<UpstreamTrouble> trouble() {
        View now = view;
        if (now.info == null && now.trouble == null) {
            return Optional.of(new UpstreamTrouble.Unreachable("no answer from the upstream yet", false));
        }
        return Optional.ofNullable(now.trouble);
    }

    @Override
    public synchronized void close() {
        closed = true;
        waiters.forEach(waiter -> waiter.done.complete(false));
        waiters.clear();
        firstAnswer.complete(null);
    }

    private record Waiter(long since, CompletableFuture<Boolean> done) {}

    /** What is known: the last info, when it came, and what is wrong since. */
    private record View(@Nullable MiningInfo info, long learnedNanos, @Nullable UpstreamTrouble trouble) {
        static final View NOTHING = new View(null, 0, null);
    }
}
