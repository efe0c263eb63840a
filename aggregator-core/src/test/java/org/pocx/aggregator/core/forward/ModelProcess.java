package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.round.Round;
import org.pocx.aggregator.core.round.RoundChange;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.testkit.CountedFates;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.NamedUpstream;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.VerdictAnswer;

/** One life of the program, from its start on what is on the disk to its crash: all of the rules, on a clock that is moved. */
final class ModelProcess {
    private static final Duration STEP = Duration.ofMillis(50);

    final ManualScheduler scheduler = new ManualScheduler();
    final RecentRounds rounds = new RecentRounds();
    final ModelAttempts attempts;
    final CountedFates fates = new CountedFates();

    /** By round and key: what the upstream is known to have confirmed, each at the quality that counts. */
    private final Map<String, Map<NonceSubmission, Long>> confirmed = new HashMap<>();

    /** By round and machine. */
    final Map<String, Integer> rejections = new HashMap<>();

    /** What senders that wait were told and is not so. */
    final List<String> wrongAnswers = new ArrayList<>();

    private final Set<NonceSubmission> rejected = new HashSet<>();
    private final Map<NonceSubmission, CompletableFuture<VerdictAnswer>> waiting = new HashMap<>();

    private final SubmissionFilter filter;
    /** The quality of the best nonce of the same key of which the upstream said that it does not need it, or null. */
    private final Function<NonceSubmission, @Nullable Long> upstreamHas;

    private final SettableClock clock;
    private final SubmissionStore store;
    private final StoreWriter writer;
    private final Forwarder forwarder;

    ModelProcess(
            SubmissionFilter filter,
            ForwardSettings settings,
            ModelDisk disk,
            SettableClock clock,
            Consumer<NonceSubmission> observer,
            Function<NonceSubmission, @Nullable Long> upstreamHas,
            @Nullable ToLongFunction<NonceSubmission> verification) {
        this.filter = filter;
        this.upstreamHas = upstreamHas;
        this.clock = clock;
        this.attempts = new ModelAttempts(observer);
        this.store = disk.openStore();
        this.writer = new StoreWriter(store, scheduler, event -> {});
        this.forwarder = new Forwarder(
                settings,
                filter,
                verification == null ? null : new ModelVerifier(scheduler, verification),
                new NamedUpstream(NamedUpstream.UNNAMED, attempts),
                writer,
                event -> {
                    fates.on(event);
                    hear(event);
                },
                scheduler,
                clock,
                attempts,
                new Random(1),
                () -> {},
                blockHash -> true,
                (id, accountId, outcome, isCut, begunNanos) -> {});
        restore();
    }

    private void restore() {
        StoredFarm farm = store.load(clock.instant());
        for (StoredFarm.StoredRound round : farm.openRounds()) {
            round.announcements().forEach(info -> forwarder.announced(rounds.announce(info)));
        }
        farm.verdicts().forEach(this::know);
        forwarder.restore(farm);
    }

    private void know(Verdict verdict) {
        switch (verdict.outcome()) {
            case CONFIRMED -> confirmed(verdict.submission()).put(verdict.submission(), verdict.confirmedRawQuality());
            case REJECTED -> rejected.add(verdict.submission());
            case TAKEN_OVER, ACCOUNT_REFUSED, STALE, EXPIRED -> {}
        }
        if (verdict.isBad()) {
            rejections.merge(machineInRound(verdict.submission(), verdict.miner()), 1, Integer::sum);
        }
    }

    private Map<NonceSubmission, Long> confirmed(NonceSubmission submission) {
        return confirmed.computeIfAbsent(key(submission), key -> new HashMap<>());
    }

    boolean isConfirmed(NonceSubmission submission) {
        return confirmed(submission).containsKey(submission);
    }

    /** The best quality that counts for the key of a nonce, or null. */
    @Nullable
    Long bestConfirmed(NonceSubmission submission) {
        return confirmed(submission).values().stream().min(Long::compare).orElse(null);
    }

    /** By round and key: the best quality that counts. */
    Map<String, Long> bestsConfirmed() {
        Map<String, Long> bests = new HashMap<>();
        confirmed.forEach((key, all) -> all.values().forEach(quality -> bests.merge(key, quality, Math::min)));
        return bests;
    }

    String key(NonceSubmission submission) {
        return submission.blockHash() + "/" + filter.keyOf(submission);
    }

    private static String machineInRound(NonceSubmission submission, MinerId miner) {
        return submission.blockHash() + "/" + miner.address();
    }

    boolean isSuspect(NonceSubmission submission, String machine) {
        return rejections.getOrDefault(machineInRound(submission, new MinerId(machine)), 0) >= 3;
    }

    /** The upstream answered a poll. */
    void polled(MiningInfo info) {
        forgetRoundsThatLeft(confirmed);
        forgetRoundsThatLeft(rejections);
        RoundChange change = rounds.announce(info);
        if (change.kind() != RoundChange.Kind.NONE) {
            writer.write(new StoreChange.RoundAnnounced(info, clock.instant()));
            forwarder.announced(change);
            change.closed().ifPresent(round -> writer.write(new StoreChange.RoundClosed(round.blockHash())));
        }
        forwarder.upstreamAnswered(scheduler.nanoTime());
    }

    /** A round that left the last three is a new one when the upstream comes back to it. */
    private void forgetRoundsThatLeft(Map<String, ?> byRound) {
        byRound.keySet().removeIf(key -> rounds.find(key.substring(0, key.indexOf('/'))) == null);
    }

    /** The upstream did not answer a poll. */
    void pollFailed() {
        forwarder.upstreamFailed(UpstreamTrouble.connectionRefused("down"));
    }

    /** A machine submits a nonce of an open round. */
    @Nullable
    Candidate offer(NonceSubmission submission, String machine) {
        Round round = rounds.find(submission.blockHash());
        return round == null || round.refusal(submission) != null
                ? null
                : forwarder.offer(submission, new MinerId(machine), wait(submission));
    }

    /** The sender of each second nonce waits for the verdict. */
    private @Nullable CompletableFuture<VerdictAnswer> wait(NonceSubmission submission) {
        if (submission.nonce() % 2 == 0) {
            return null;
        }
        CompletableFuture<VerdictAnswer> verdict = new CompletableFuture<>() {
            @Override
            public boolean complete(VerdictAnswer answer) {
                if (!isTrue(answer, submission)) {
                    wrongAnswers.add("nonce " + submission.nonce() + " was answered with " + answer);
                }
                return super.complete(answer);
            }
        };
        waiting.put(submission, verdict);
        return verdict;
    }

    private boolean isTrue(VerdictAnswer answer, NonceSubmission submission) {
        return switch (answer) {
            case VerdictAnswer.Confirmed it -> {
                Long quality = confirmed(submission).get(submission);
                yield quality != null && quality == it.receipt().rawQuality();
            }
            case VerdictAnswer.Filtered it ->
                Stream.of(bestConfirmed(submission), upstreamHas.apply(submission))
                        .anyMatch(best -> best != null && best <= submission.rawQuality());
            case VerdictAnswer.Rejected it -> rejected.contains(submission);
            case VerdictAnswer.AccountRefused it -> it.message().reference().equals("-32007");
            case VerdictAnswer.Stale it -> true;
            case VerdictAnswer.Held it -> true;
        };
    }

    /** The nonces whose senders still wait, and have not asked again. */
    List<NonceSubmission> waiting() {
        return waiting.entrySet().stream()
                .filter(entry -> !entry.getValue().isDone())
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean storeIsWritten() {
        return writer.problem().isEmpty();
    }

    boolean isOpen(NonceSubmission submission) {
        return rounds.find(submission.blockHash()) != null;
    }

    /** Lets time pass, with a group commit now and then. */
    void pass(Duration time, ModelDisk disk) {
        for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
            scheduler.advance(STEP);
            clock.advance(STEP);
            disk.commit();
        }
    }

    private void hear(AggregatorEvent event) {
        if (!(event instanceof AggregatorEvent.FateChanged changed)) {
            return;
        }
        NonceSubmission submission = changed.nonce().submission();
        if (changed.after() == Fate.REJECTED) {
            rejected.add(submission);
        }
        if (changed.before() == Fate.CONFIRMED) {
            confirmed(submission).remove(submission);
        }
        if (changed.after() == Fate.CONFIRMED) {
            confirmed(submission).put(submission, changed.confirmedRawQuality());
        }
        if (changed.after() == Fate.REJECTED || (changed.after() == Fate.CONFIRMED && changed.isOverClaim())) {
            int weight = changed.unsent() ? MachineTrust.SUSPECT_AFTER : 1;
            rejections.merge(machineInRound(submission, changed.nonce().miner()), weight, Integer::sum);
        }
    }

}
