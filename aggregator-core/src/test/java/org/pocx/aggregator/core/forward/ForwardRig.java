package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.filter.NonceVerifier;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.round.RoundChange;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.testkit.CountedFates;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.NamedUpstream;

/** A forwarder with all around it, on a clock and with threads that the test moves. */
final class ForwardRig {
    static final Duration BLOCK_TIME = Duration.ofMinutes(2);

    private static final Duration STEP = Duration.ofMillis(50);

    final ManualScheduler scheduler = new ManualScheduler();
    final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    final FakeUpstream upstream = new FakeUpstream();
    final SubmissionStore store = SubmissionStore.inMemory();
    final RecentRounds rounds = new RecentRounds();
    final List<String> heard = new ArrayList<>();
    final List<String> repeats = new ArrayList<>();
    final CountedFates fates = new CountedFates();
    final Forwarder forwarder;
    private final StoreWriter writer;
    int refreshes;

    private final Deque<Runnable> tasks = new ArrayDeque<>();

    ForwardRig(SubmissionFilter filter, ForwardSettings settings) {
        this(filter, settings, null);
    }

    ForwardRig(SubmissionFilter filter, ForwardSettings settings, @Nullable NonceVerifier verifier) {
        writer = new StoreWriter(store, scheduler, event -> {});
        forwarder = new Forwarder(
                settings,
                filter,
                verifier,
                new NamedUpstream(NamedUpstream.UNNAMED, upstream),
                writer,
                event -> {
                    fates.on(event);
                    hear(event);
                },
                scheduler,
                clock,
                tasks::add,
                new Random(1),
                () -> refreshes++,
                blockHash -> true,
                (id, accountId, outcome, isCut, begunNanos) -> {});
    }

    /** The upstream says what is being mined, and all that follows is done. */
    void announce(MiningInfo info) {
        poll(info);
        run();
    }

    /** The upstream says what is being mined. */
    void poll(MiningInfo info) {
        RoundChange change = rounds.announce(info);
        writer.write(new StoreChange.RoundAnnounced(info, clock.instant()));
        forwarder.announced(change);
        forwarder.upstreamAnswered(scheduler.nanoTime());
    }

    /** A machine submits a nonce, and all that follows is done. */
    Candidate submit(NonceSubmission submission, String machine) {
        Candidate candidate = offer(submission, machine);
        run();
        return candidate;
    }

    /** A machine submits a nonce, given by its id. */
    Candidate offer(NonceSubmission submission, String machine) {
        @Nullable Candidate candidate = forwarder.offer(submission, MinerId.ofId(machine));
        if (candidate == null) {
            throw new AssertionError("the nonce was not taken");
        }
        return candidate;
    }

    /** Runs attempts until none is left. */
    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Runs that many attempts. */
    void run(int attempts) {
        for (int i = 0; i < attempts; i++) {
            tasks.remove().run();
        }
    }

    /** The attempts that have a slot and have not run yet. */
    int started() {
        return tasks.size();
    }

    /** Lets time pass, and does what is due meanwhile. */
    void pass(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
            scheduler.advance(left.compareTo(STEP) < 0 ? left : STEP);
            run();
        }
    }

    /** The raw qualities that were sent, in order. */
    List<Long> sent() {
        return upstream.submitted().stream().map(NonceSubmission::rawQuality).toList();
    }

    /** What the first announcement of a round changes. */
    static RoundChange opened(MiningInfo info) {
        return new RecentRounds().announce(info);
    }

    private void hear(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.AccountAccepted accepted -> heard.add("accepted again " + accepted.accountId());
            case AggregatorEvent.RequestsMisfit misfit -> heard.add(
                    misfit.message().map(message -> "misfit " + message.text()).orElse("fits"));
            case AggregatorEvent.Delayed delayed -> heard.add("delayed " + delayed.trouble().message().text());
            case AggregatorEvent.MachineSuspected suspected -> heard.add(
                    "suspected " + suspected.miner().id() + ": " + suspected.message());
            case AggregatorEvent.FateChanged changed -> hear(changed);
            case AggregatorEvent.NonceRepeated repeated ->
                repeats.add(repeated.nonce().miner().id() + " "
                        + repeated.nonce().submission().rawQuality());
            default -> {}
        }
    }

    private void hear(AggregatorEvent.FateChanged changed) {
        long claim = changed.nonce().submission().rawQuality();
        switch (changed.after()) {
            case REJECTED -> heard.add("rejected " + claim + ": " + changed.message());
            case CONFIRMED -> heard.add("confirmed " + claim + " at " + changed.confirmedRawQuality());
            case TAKEN_OVER -> heard.add("taken over " + claim);
            case REFUSED, FILTERED, SUPERSEDED, PENDING, STALE, EXPIRED -> {}
        }
    }

}
