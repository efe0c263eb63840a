package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.NonceVerifier;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.round.Round;
import org.pocx.aggregator.core.round.RoundChange;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.StoredFarm.StoredStanding;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.ForwardLoad;
import org.pocx.aggregator.core.upstream.NamedUpstream;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.VerdictAnswer;

/**
 * Brings the best nonces of the open rounds to the upstream: one lane a round and filter key, lanes side by side, each
 * nonce until it has a verdict or its round is over.
 *
 * <p>Thread-safe. Rounds and polls are told by one thread at a time (the mining info cache's).
 */
public final class Forwarder {
    private final SubmissionFilter filter;
    private final Destinations destinations;
    private final MachineTrust trust = new MachineTrust();
    private final AggregatorListener listener;
    private final Executor executor;
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final Dispatcher dispatcher;
    private final LaneServices services;
    private final Map<String, RoundLanes> rounds = new ConcurrentHashMap<>();

    private final AtomicLong announcements = new AtomicLong();

    /**
     * A forwarder without any lane; they come with the first announcement.
     *
     * @param settings limits and the kind of upstream
     * @param filter which nonces the upstream gets
     * @param upstream asked by the executor's threads, several at once
     * @param writer what takes the outbox and the verdicts
     * @param listener told of each step, in the thread that takes it; must not block
     * @param scheduler for pauses and durations
     * @param clock the wall clock, for timestamps
     * @param executor runs attempts, which block: best a thread (virtual) each
     * @param random for the jitter of pauses
     * @param refreshMiningInfo called when the upstream calls a nonce of the current round stale; must not block
     */
    public Forwarder(
            ForwardSettings settings,
            SubmissionFilter filter,
            Upstream upstream,
            StoreWriter writer,
            AggregatorListener listener,
            Scheduler scheduler,
            InstantSource clock,
            Executor executor,
            RandomGenerator random,
            Runnable refreshMiningInfo) {
        this(
                settings,
                filter,
                null,
                new NamedUpstream(NamedUpstream.UNNAMED, upstream),
                writer,
                listener,
                scheduler,
                clock,
                executor,
                random,
                refreshMiningInfo,
                blockHash -> true,
                (id, accountId, outcome, isCut, begunNanos) -> {});
    }

    /**
     * A forwarder without any lane, for one of several upstreams, that may have nonces verified.
     *
     * @param settings as above
     * @param filter as above
     * @param verifier computes the quality of nonces of machines that are not trusted; null to send all unverified
     * @param upstream the first one that is active
     * @param writer as above
     * @param listener as above
     * @param scheduler as above
     * @param clock as above
     * @param executor as above
     * @param random as above
     * @param refreshMiningInfo as above
     * @param isOpenAtActive whether the round of a block hash is among the last ones of the active upstream; must be quick
     * @param observer told how attempts ended
     */
    public Forwarder(
            ForwardSettings settings,
            SubmissionFilter filter,
            @Nullable NonceVerifier verifier,
            NamedUpstream upstream,
            StoreWriter writer,
            AggregatorListener listener,
            Scheduler scheduler,
            InstantSource clock,
            Executor executor,
            RandomGenerator random,
            Runnable refreshMiningInfo,
            Predicate<String> isOpenAtActive,
            AttemptObserver observer) {
        this.filter = filter;
        this.listener = listener;
        this.executor = executor;
        this.scheduler = scheduler;
        this.clock = clock;
        this.destinations = new Destinations(destination(upstream));
        this.dispatcher = new Dispatcher(settings.maxInFlight(), destinations, observer, scheduler, executor);
        PocTime pocTime = PocTime.forBlockTime(settings.resend().blockTime().toSeconds());
        this.services = new LaneServices(
                settings,
                filter.bestPerKey(),
                scheduler,
                clock,
                random,
                writer,
                listener,
                dispatcher,
                destinations,
                trust,
                new DecidedNonces(),
                pocTime,
                new VerificationGate(verifier, pocTime, scheduler),
                isOpenAtActive,
                observer,
                refreshMiningInfo);
    }

    // ---- several upstreams

    /**
     * {@return a new destination for an upstream, of which nothing is known yet}
     *
     * @param upstream one that may become active
     */
    public Destination destination(NamedUpstream upstream) {
        return new Destination(upstream, trust, listener);
    }

    /** {@return where nonces are sent to} */
    public Destination active() {
        return destinations.active();
    }

    /**
     * Whether another upstream may become active: then what the active one does not need is kept for it.
     *
     * @param several from now on
     */
    public void several(boolean several) {
        destinations.several(several);
    }

    /**
     * Another upstream is the active one. What the former one was sent and did not judge, and the best that the new one has not
     * confirmed itself, is sent there. To be followed by the announcement of its round.
     *
     * @param next the upstream
     */
    public void activate(Destination next) {
        Optional<UpstreamMessage> before = misfit();
        destinations.active(next);
        dispatcher.upstreamChanged(!next.isOutage());
        lanes(currentFirst()).forEach(LaneRunner::upstreamChanged);
        if (before.isPresent() != misfit().isPresent()) {
            listener.on(new AggregatorEvent.RequestsMisfit(misfit()));
        }
    }

    /**
     * Sends the best nonce of a round to an upstream that is not active, to find out whether it gives a verdict.
     *
     * @param inactive the upstream
     * @param blockHash of the round
     * @param ended told how that ended, on another thread
     * @return false when there is no nonce
     */
    public boolean probe(Destination inactive, String blockHash, Consumer<SubmitOutcome> ended) {
        RoundLanes lanes = rounds.get(blockHash);
        if (lanes == null) {
            return false;
        }
        LaneRunner lane = null;
        Sending best = null;
        for (LaneRunner other : lanes.lanes()) {
            Sending sending = other.probeOf(inactive);
            if (sending != null && (best == null
                    || Long.compareUnsigned(sending.candidate().rawQuality(), best.candidate().rawQuality()) < 0)) {
                lane = other;
                best = sending;
            }
        }
        return lane != null && best != null && probe(lane, best, ended);
    }

    private boolean probe(LaneRunner lane, Sending sending, Consumer<SubmitOutcome> ended) {
        try {
            executor.execute(() -> {
                SubmitOutcome outcome = submit(sending);
                lane.finishProbe(sending, outcome);
                ended.accept(outcome);
            });
            return true;
        } catch (RejectedExecutionException closing) {
            return false;
        }
    }

    private static SubmitOutcome submit(Sending sending) {
        try {
            return sending.submit();
        } catch (RuntimeException e) {
            return UpstreamTrouble.unreachable("sending a nonce failed: " + e);
        }
    }

    /** {@return whether the nonces that are to be sent are of one account, or of none} Looks at each open lane. */
    public boolean isOneAccountAhead() {
        Set<String> accounts = new HashSet<>();
        for (RoundLanes round : rounds.values()) {
            for (LaneRunner lane : round.lanes()) {
                accounts.addAll(lane.accountsAhead());
                if (accounts.size() > 1) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * {@return whether an upstream refuses the account now}
     *
     * @param destination the upstream
     * @param accountId lower-case hex
     */
    public boolean isRefused(Destination destination, String accountId) {
        return destination.knowledge().refusedAccounts().contains(accountId);
    }

    /**
     * Takes a nonce that matches an open round.
     *
     * @param submission a nonce that matches an announcement of its round
     * @param miner the machine that it counts for
     * @return completes when its miner may get a receipt; null when it cannot be taken: its round has just left the last
     *     three, or there are too many filter keys
     */
    public @Nullable CompletableFuture<Void> submit(NonceSubmission submission, MinerId miner) {
        return submit(submission, miner, null);
    }

    /**
     * Takes a nonce that matches an open round, for a sender that waits for its verdict.
     *
     * @param submission as above
     * @param miner as above
     * @param verdict completed by what becomes of the nonce, without a lock; what was completed before is forgotten
     * @return as above
     */
    public @Nullable CompletableFuture<Void> submit(
            NonceSubmission submission, MinerId miner, @Nullable CompletableFuture<VerdictAnswer> verdict) {
        Candidate candidate = offer(submission, miner, verdict);
        return candidate == null ? null : candidate.receipt();
    }

    @Nullable
    Candidate offer(NonceSubmission submission, MinerId miner) {
        return offer(submission, miner, null);
    }

    @Nullable
    Candidate offer(
            NonceSubmission submission, MinerId miner, @Nullable CompletableFuture<VerdictAnswer> verdict) {
        RoundLanes lanes = rounds.get(submission.blockHash());
        if (lanes == null) {
            return null;
        }
        boolean isAccepted = filter.accepts(submission);
        LaneRunner lane = isAccepted ? lanes.lane(filter.keyOf(submission)) : null;
        if (isAccepted && lane == null) {
            return null;
        }
        Candidate candidate =
                new Candidate(new ReceivedNonce(submission, miner, clock.instant()), scheduler.nanoTime());
        if (lane != null) {
            return lane.offer(candidate, verdict);
        }
        if (verdict != null) {
            verdict.complete(new VerdictAnswer.Filtered(new SubmissionReceipt(
                    submission.rawQuality(),
                    services.pocTime().seconds(submission.rawQuality(), submission.baseTarget()))));
        }
        return filterOut(candidate, lanes);
    }

    /** The filter does not accept it: it counts, and has its receipt. */
    private Candidate filterOut(Candidate candidate, RoundLanes lanes) {
        if (lanes.seenNonces().add(candidate.nonceId())) {
            services.listener().on(new AggregatorEvent.FateChanged(
                    candidate.nonce(),
                    null,
                    Fate.FILTERED,
                    candidate.rawQuality(),
                    "",
                    Duration.ofNanos(Math.max(0, scheduler.nanoTime() - candidate.receivedNanos())),
                    false));
        } else {
            services.listener().on(new AggregatorEvent.NonceRepeated(candidate.nonce()));
        }
        candidate.receipt().complete(null);
        return candidate;
    }

    /**
     * The upstream announced a round.
     *
     * @param change what the announcement changed, and which rounds left
     */
    public void announced(RoundChange change) {
        change.closed().ifPresent(this::close);
        if (change.kind() == RoundChange.Kind.NONE && isKnownAs(change)) {
            return;
        }
        if (!change.isCurrent()) {
            lanesOf(change.round()).announcedElsewhere(change.round());
            return;
        }
        RoundLanes current = open(change.round());
        rounds.values().stream().filter(other -> other != current).forEach(RoundLanes::retire);
        dispatcher.reorder();
        if (change.kind() != RoundChange.Kind.OPENED || !current.lanes().isEmpty()) {
            boolean revived = change.kind() == RoundChange.Kind.REVIVED;
            current.lanes().forEach(lane -> lane.roundAnnounced(revived));
        }
    }

    /** Nothing changed, also not by another upstream having become active meanwhile. */
    private boolean isKnownAs(RoundChange change) {
        RoundLanes lanes = rounds.get(change.round().blockHash());
        return !change.isCurrent() || (lanes != null && lanes.isCurrent());
    }

    private RoundLanes lanesOf(Round round) {
        return rounds.computeIfAbsent(round.blockHash(), hash -> new RoundLanes(round, services));
    }

    private RoundLanes open(Round round) {
        RoundLanes lanes = lanesOf(round);
        lanes.announced(round, announcements.incrementAndGet());
        return lanes;
    }

    /**
     * A round is not open any more: its upstream has been unreachable for long, or is not configured any more.
     *
     * @param round that was open
     */
    public void close(Round round) {
        RoundLanes lanes = rounds.remove(round.blockHash());
        if (lanes != null) {
            lanes.close();
            services.decided().forget(round.blockHash());
        }
    }

    /**
     * The upstream answered a poll with mining info, which has been announced already.
     *
     * @param askedNanos when it was asked, monotonic clock
     */
    public void upstreamAnswered(long askedNanos) {
        upstreamAnswered(destinations.active(), askedNanos);
    }

    /**
     * An upstream answered a poll with mining info, which has been announced already.
     *
     * @param answering the upstream; if it is not the active one, that is remembered only
     * @param askedNanos when it was asked, monotonic clock
     */
    public void upstreamAnswered(Destination answering, long askedNanos) {
        PollResult poll = answering.polled(askedNanos);
        if (answering == destinations.active()) {
            activeAnswered(poll);
        }
    }

    private void activeAnswered(PollResult poll) {
        if (poll.endsOutage()) {
            dispatcher.outageEnded(poll.askedNanos());
        }
        dispatcher.open();
        List<RoundLanes> currentFirst = currentFirst();
        lanes(currentFirst).forEach(lane -> lane.polled(poll));
        lanes(currentFirst).forEach(LaneRunner::checkResend);
        probeAccount(currentFirst);
        probeForm(currentFirst);
    }

    private List<RoundLanes> currentFirst() {
        return rounds.values().stream()
                .sorted(Comparator.comparingLong(RoundLanes::recency).reversed())
                .toList();
    }

    private UpstreamKnowledge knowledge() {
        return destinations.active().knowledge();
    }

    /** One nonce of an account that was refused goes out, where it is time for that. */
    private void probeAccount(List<RoundLanes> currentFirst) {
        long now = scheduler.nanoTime();
        List<String> due = knowledge().refusedAccounts().due(now);
        if (due.isEmpty()) {
            return;
        }
        Map<String, List<LaneRunner>> holders = new HashMap<>();
        lanes(currentFirst)
                .filter(LaneRunner::isHolding)
                .forEach(lane -> lane.heldAccounts()
                        .forEach(account -> holders.computeIfAbsent(account, none -> new ArrayList<>())
                                .add(lane)));
        for (String account : due) {
            for (LaneRunner lane : holders.getOrDefault(account, List.of())) {
                if (lane.probeAccount(account, now)) {
                    return;
                }
            }
        }
    }

    /** One nonce of a form that the upstream could not process goes out, where it is time for that. */
    private void probeForm(List<RoundLanes> currentFirst) {
        long now = scheduler.nanoTime();
        if (knowledge().forms().isProbeDue(now)
                && lanes(currentFirst)
                        .sorted(Comparator.comparingInt(LaneRunner::formProbes))
                        .anyMatch(LaneRunner::probeForm)) {
            knowledge().forms().probeBegan(now);
        }
    }

    private static Stream<LaneRunner> lanes(List<RoundLanes> rounds) {
        return rounds.stream().flatMap(round -> round.lanes().stream());
    }

    /**
     * The upstream did not answer a poll.
     *
     * @param trouble what it met
     */
    public void upstreamFailed(UpstreamTrouble trouble) {
        upstreamFailed(destinations.active(), trouble);
    }

    /**
     * An upstream did not answer a poll.
     *
     * @param failing the upstream
     * @param trouble what it met
     */
    public void upstreamFailed(Destination failing, UpstreamTrouble trouble) {
        failing.pollFailed(trouble);
    }

    /** {@return why the upstream cannot process our requests: it has another version, or no wallet; empty when it can} */
    public Optional<UpstreamMessage> misfit() {
        return knowledge().forms().misfit();
    }

    /**
     * Takes over what an earlier run left. The open rounds have been announced already.
     *
     * @param farm what the store had at the start
     */
    public void restore(StoredFarm farm) {
        Instant now = clock.instant();
        farm.confirmedMachines().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> trust.confirmed(entry.getKey(), nanosOf(entry.getValue(), now)));
        farm.openRounds().forEach(round -> restore(round, now));
        Map<List<Object>, List<StoredStanding>> standings = farm.standings().stream()
                .collect(Collectors.groupingBy(standing -> List.of(standing.blockHash(), standing.nonceId())));
        farm.verdicts().forEach(verdict -> restore(verdict, standings, now));
        farm.outbox().forEach(nonce -> restore(nonce, standings, now));
    }

    private void restore(StoredFarm.StoredRound round, Instant now) {
        RoundLanes lanes = rounds.get(round.blockHash());
        if (lanes != null) {
            round.announcedAt().ifPresent(at -> lanes.openedBefore(nanosOf(at, now)));
        }
    }

    private void restore(Verdict verdict, Map<List<Object>, List<StoredStanding>> standings, Instant now) {
        LaneRunner lane = laneOf(verdict.nonce().submission());
        if (lane != null) {
            lane.restore(restored(verdict.nonce(), standings, now), verdict);
        }
    }

    private void restore(ReceivedNonce nonce, Map<List<Object>, List<StoredStanding>> standings, Instant now) {
        RoundLanes lanes = rounds.get(nonce.submission().blockHash());
        if (lanes != null && !filter.accepts(nonce.submission())) {
            Candidate candidate = filterOut(restored(nonce, standings, now), lanes);
            services.writer().write(
                    new StoreChange.OutboxRemoved(nonce.submission().blockHash(), candidate.nonceId()));
            return;
        }
        LaneRunner lane = laneOf(nonce.submission());
        if (lane != null) {
            lane.restore(restored(nonce, standings, now));
        }
    }

    private Candidate restored(
            ReceivedNonce nonce, Map<List<Object>, List<StoredStanding>> standings, Instant now) {
        Candidate candidate = new Candidate(nonce, nanosOf(nonce.receivedAt(), now));
        List<Object> key = List.of(nonce.submission().blockHash(), candidate.nonceId());
        for (StoredStanding standing : standings.getOrDefault(key, List.of())) {
            candidate.at(standing.upstream()).restore(standing);
        }
        return candidate;
    }

    private @Nullable LaneRunner laneOf(NonceSubmission submission) {
        RoundLanes lanes = rounds.get(submission.blockHash());
        return lanes == null ? null : lanes.lane(filter.keyOf(submission));
    }

    /** When that was on the monotonic clock; a wall clock that was set back counts as now. */
    private long nanosOf(Instant at, Instant now) {
        Duration ago = Duration.between(at, now);
        return scheduler.nanoTime() - (ago.isNegative() ? 0 : ago.toNanos());
    }

    /** {@return what is on its way now} Looks at each open lane: some milliseconds for tens of thousands. */
    public ForwardLoad load() {
        int held = 0;
        for (RoundLanes lanes : rounds.values()) {
            for (LaneRunner lane : lanes.lanes()) {
                held += lane.isWaiting() ? 1 : 0;
            }
        }
        return dispatcher.load(held);
    }

    /**
     * Sends nothing more; answers who waits for a verdict; gives what is being sent that much time to end. Idempotent.
     *
     * @param atMost zero or less waits for nothing
     */
    public void close(Duration atMost) {
        dispatcher.shut();
        lanes(currentFirst()).forEach(LaneRunner::endWaits);
        try {
            dispatcher.drain(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
