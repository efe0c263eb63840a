package org.pocx.aggregator.core.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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
 * <p>A poll that hangs does not blind the farm: others are sent beside it, a second apart at first, then four. All mutable
 * state belongs to this object's monitor, but {@code view}, which is replaced as a whole and read without a lock, after
 * the observer was told: what a nonce of a new round needs is there before a miner can learn of the round.
 */
final class PollingMiningInfoCache implements MiningInfoCache {
    private static final Duration FIRST_ANSWER_WAIT = Duration.ofSeconds(3);

    private final Upstream upstream;
    private final Duration interval;
    private final Supplier<Duration> wanted;
    private final Duration staleIfError;
    private final Scheduler scheduler;
    private final Executor executor;
    private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();

    /** Held while the observer is told, so that it hears one answer after the other; taken before the monitor. */
    private final ReentrantLock telling = new ReentrantLock();

    private volatile View view = View.NOTHING;

    private volatile Observer observer = (outcome, asked) -> {};
    private final PollTimes times;
    private final List<Waiter> waiters = new ArrayList<>();
    private boolean closed;

    /**
     * A cache that asks for nothing before it is started.
     *
     * @param upstream asked for mining info; several questions may be under way at once
     * @param interval between the starts of two polls
     * @param staleIfError how long the last info is handed out while the upstream is away
     * @param scheduler for the intervals
     * @param executor runs the blocking questions; best a thread (virtual) each
     */
    PollingMiningInfoCache(
            Upstream upstream, Duration interval, Duration staleIfError, Scheduler scheduler, Executor executor) {
        this(upstream, interval, () -> interval, staleIfError, scheduler, executor);
    }

    /** @param wanted the interval that is wanted now; otherwise as above */
    PollingMiningInfoCache(
            Upstream upstream,
            Duration interval,
            Supplier<Duration> wanted,
            Duration staleIfError,
            Scheduler scheduler,
            Executor executor) {
        this.upstream = upstream;
        this.interval = interval;
        this.wanted = wanted;
        this.times = new PollTimes(interval);
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
            long now = scheduler.nanoTime();
            if (times.isDue(wanted.get(), now) && times.regularMayGo(now)) {
                poll();
            }
        }
        tellWhenOverdue();
    }

    /** An upstream that accepts questions and does not answer them is away, too. */
    private void tellWhenOverdue() {
        telling.lock();
        try {
            Long asked = overdue();
            if (asked != null) {
                UpstreamTrouble trouble = UpstreamTrouble.NO_ANSWER_YET;
                observer.polled(trouble, asked);
                view = new View(view.info, view.learnedNanos, trouble);
                firstAnswer.complete(null);
                release(false, asked);
            }
        } finally {
            telling.unlock();
        }
    }

    /** When the oldest question without an answer was asked, if that is too long ago and has not been told yet. */
    private synchronized @Nullable Long overdue() {
        return closed || view.trouble != null ? null : times.overdue(scheduler.nanoTime());
    }

    private void poll() {
        Long asked = scheduler.nanoTime();
        times.asked(asked);
        try {
            executor.execute(() -> ask(asked));
        } catch (RejectedExecutionException e) {
            times.ended(asked); // closing
        }
    }

    private void ask(Long asked) {
        MiningInfoOutcome outcome;
        try {
            outcome = upstream.fetchMiningInfo();
        } catch (RuntimeException e) {
            outcome = UpstreamTrouble.unreachable("asking for mining info failed: " + e);
        }
        answered(outcome, asked);
    }

    private void answered(MiningInfoOutcome outcome, Long asked) {
        telling.lock();
        try {
            View next = settle(outcome, asked);
            if (next != null) {
                boolean good = next.trouble == null && next.info != null;
                observer.polled(
                        good ? new MiningInfoOutcome.Fetched(Objects.requireNonNull(next.info)) : outcome, asked);
                view = next;
                firstAnswer.complete(null);
                release(good, asked);
            }
        } finally {
            telling.unlock();
        }
        refreshIfWanted();
    }

    /** What is known after the answer, or null when a younger one has been told already. */
    private synchronized @Nullable View settle(MiningInfoOutcome outcome, Long asked) {
        times.ended(asked);
        if (closed || !times.isNews(asked)) {
            return null;
        }
        View last = view;
        return switch (outcome) {
            case MiningInfoOutcome.Fetched fetched -> {
                boolean same = last.info != null && fetched.info().equals(last.info);
                yield new View(same ? last.info : fetched.info(), scheduler.nanoTime(), null);
            }
            case UpstreamTrouble trouble -> new View(last.info, last.learnedNanos, trouble);
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
            refreshSoon();
        }
        try {
            return waiter.done.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return askedThisInterval();
        } catch (ExecutionException e) {
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

    /** One extra question an interval serves all: in a long interval, those who come later go by its answer. */
    private synchronized boolean askedThisInterval() {
        return view.trouble == null && times.extraAnswered(scheduler.nanoTime());
    }

    @Override
    public synchronized void refreshSoon() {
        times.want();
        refreshIfWanted();
    }

    /** One extra poll an interval; when it is too early, the next regular one serves those who wait. */
    private synchronized void refreshIfWanted() {
        if (!closed && times.extraGoes(scheduler.nanoTime())) {
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
        // Between two polls nothing is wrong, however short the limit is.
        return age > (now.trouble != null ? limit : Math.max(limit, interval.toNanos() + PollTimes.SOON_NANOS));
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
            return Optional.of(UpstreamTrouble.unreachable("no answer from the upstream yet"));
        }
        return Optional.ofNullable(now.trouble);
    }

    @Override
    public Optional<Duration> age() {
        View now = view;
        return now.info == null
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(scheduler.nanoTime() - now.learnedNanos));
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
