package org.pocx.aggregator.statistics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.time.Scheduler;

/**
 * Detects silent machines, and numbers the rounds.
 *
 * <p>A machine is silent after N consecutive rounds (as configured) without a request. A machine that polls but no
 * longer sends nonces, for example because its plots cannot be read, is also silent after N rounds, unless this can be
 * chance. A round counts only if another machine sent a nonce in it or if it lasted half a block time. If the upstream
 * accepts only good nonces (its target quality is a limit), the probability of so many rounds without a nonce must be
 * below one in a million, given the share of rounds in which the machine used to have one. Clients that asked for
 * mining info in only one round are not watched.
 *
 * <p>Thread-safe: rounds are reported by one thread at a time; other state is volatile or in each machine's {@link
 * MachineActivity}.
 */
final class SilenceDetector {
    /**
     * The shortest silence, so that a burst of blocks, for example while a node synchronises, makes no machine silent.
     */
    static final Duration LEAST_QUIET = Duration.ofSeconds(5);

    private final int silentRounds;
    private final long halfBlockNanos;
    private final Scheduler scheduler;
    private final StatisticsListener listener;
    private final FarmRegistry registry;
    private final AtomicBoolean judgingAgain = new AtomicBoolean();

    private volatile long round;
    private volatile long submittedIn;
    private volatile long begunNanos;
    private volatile boolean limited;

    /** @param silentRounds at least 1 */
    SilenceDetector(
            int silentRounds,
            int blockTimeSecs,
            Scheduler scheduler,
            StatisticsListener listener,
            FarmRegistry registry) {
        if (silentRounds < 1) {
            throw new IllegalArgumentException("silent rounds must be at least 1, not " + silentRounds);
        }
        this.silentRounds = silentRounds;
        this.halfBlockNanos = Duration.ofSeconds(blockTimeSecs).toNanos() / 2;
        this.scheduler = scheduler;
        this.listener = listener;
        this.registry = registry;
    }

    /** The number of the current round; 0 before the first. */
    long round() {
        return round;
    }

    void seen(MachineEntry machine, long nanos) {
        machine.activity().seen(round, nanos, machine, listener);
    }

    /** A nonce of a known round was received. Not called for nonces that a restart finds in the outbox. */
    void submitted(MachineEntry machine, AccountEntry account, long nanos) {
        long now = round;
        if (now == 0) {
            return;
        }
        if (submittedIn != now) {
            submittedIn = now;
        }
        account.submitted(now);
        machine.activity().submitted(now, nanos, machine, listener);
    }

    void roundBegan(MiningInfo info) {
        long ended = round;
        long now = scheduler.nanoTime();
        boolean counted = submittedIn >= ended || now - begunNanos >= halfBlockNanos;
        round = ended + 1;
        begunNanos = now;
        if (ended == 0) {
            resume();
        } else {
            registry.accounts().forEach(account -> account.roundEnded(ended, counted));
            registry.machines().forEach(machine -> machine.activity().roundEnded(ended, counted));
            judge();
        }
        limited = info.targetQuality() != MiningInfo.NO_TARGET_QUALITY;
    }

    private void resume() {
        @Nullable Long newest = registry.machines().stream()
                .map(machine -> machine.activity().restoredHeight())
                .reduce(null, SilenceDetector::higher);
        if (newest != null) {
            registry.machines()
                    .forEach(machine -> machine.activity().resume(newest, silentRounds, machine.seenNanos()));
            registry.accounts().forEach(account -> account.resume(newest));
        }
    }

    private static @Nullable Long higher(@Nullable Long a, @Nullable Long b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }

    private void judge() {
        MachineActivity.Rule rule =
                new MachineActivity.Rule(round, silentRounds, limited, scheduler.nanoTime(), LEAST_QUIET.toNanos());
        boolean all = true;
        for (MachineEntry machine : registry.machines()) {
            all &= machine.activity().judge(rule, machine, listener);
        }
        if (!all && judgingAgain.compareAndSet(false, true)) {
            scheduler.schedule(LEAST_QUIET, this::judgeAgain);
        }
    }

    private void judgeAgain() {
        judgingAgain.set(false);
        judge();
    }
}
