package org.pocx.aggregator.statistics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.time.Scheduler;

/**
 * Finds the machines that went silent, and numbers the rounds by which machines and accounts miss some.
 *
 * <p>A machine is silent after N rounds in a row (the setting) in which it gave no sign of life. One that polls on and sends
 * no nonce any more, as with dead plots, is silent after N rounds as well, if that cannot be chance: a round tells against
 * it only if another machine sent a nonce in it or it lasted half a block time; and where the upstream wants only good
 * nonces (its target quality is a limit), only once so many rounds without one are, by the share of rounds in which the
 * machine used to have one, rarer than one in a million. A visitor who asked for mining info in one round alone is none.
 *
 * <p>Thread-safe: rounds are told by one thread at a time; the rest is volatile or in each machine's {@link Presence}.
 */
final class SilenceWatch {
    /** Blocks that come in a burst, as when a node catches up, make nobody silent within that time. */
    static final Duration LEAST_QUIET = Duration.ofSeconds(5);

    private final int silentRounds;
    private final long halfBlockNanos;
    private final Scheduler scheduler;
    private final StatisticsListener listener;
    private final Members members;
    private final AtomicBoolean lookingAgain = new AtomicBoolean();

    private volatile long round;
    private volatile long submittedIn;
    private volatile long begunNanos;
    private volatile boolean limited;

    /** @param silentRounds at least 1 */
    SilenceWatch(
            int silentRounds,
            int blockTimeSecs,
            Scheduler scheduler,
            StatisticsListener listener,
            Members members) {
        if (silentRounds < 1) {
            throw new IllegalArgumentException("silent rounds must be at least 1, not " + silentRounds);
        }
        this.silentRounds = silentRounds;
        this.halfBlockNanos = Duration.ofSeconds(blockTimeSecs).toNanos() / 2;
        this.scheduler = scheduler;
        this.listener = listener;
        this.members = members;
    }

    /** Number of the present round; 0 before the first. */
    long round() {
        return round;
    }

    void seen(MachineEntry machine, long nanos) {
        machine.presence().seen(round, nanos, machine, listener);
    }

    /** A nonce that matches a round came in; those that a restart finds in the outbox tell nothing. */
    void submitted(MachineEntry machine, AccountEntry account, long nanos) {
        long now = round;
        if (now == 0) {
            return;
        }
        if (submittedIn != now) {
            submittedIn = now;
        }
        account.submitted(now);
        machine.presence().submitted(now, nanos, machine, listener);
    }

    void roundBegan(MiningInfo info) {
        long ended = round;
        long now = scheduler.nanoTime();
        boolean telling = submittedIn >= ended || now - begunNanos >= halfBlockNanos;
        round = ended + 1;
        begunNanos = now;
        if (ended == 0) {
            resume();
        } else {
            members.accounts().forEach(account -> account.roundEnded(ended, telling));
            members.machines().forEach(machine -> machine.presence().roundEnded(ended, telling));
            judge();
        }
        limited = info.targetQuality() != MiningInfo.NO_TARGET_QUALITY;
    }

    private void resume() {
        @Nullable Long newest = members.machines().stream()
                .map(machine -> machine.presence().restoredHeight())
                .reduce(null, SilenceWatch::higher);
        if (newest != null) {
            members.machines()
                    .forEach(machine -> machine.presence().resume(newest, silentRounds, machine.seenNanos()));
            members.accounts().forEach(account -> account.resume(newest));
        }
    }

    private static @Nullable Long higher(@Nullable Long a, @Nullable Long b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }

    private void judge() {
        Presence.Rule rule =
                new Presence.Rule(round, silentRounds, limited, scheduler.nanoTime(), LEAST_QUIET.toNanos());
        boolean all = true;
        for (MachineEntry machine : members.machines()) {
            all &= machine.presence().judge(rule, machine, listener);
        }
        if (!all && lookingAgain.compareAndSet(false, true)) {
            scheduler.schedule(LEAST_QUIET, this::lookAgain);
        }
    }

    private void lookAgain() {
        lookingAgain.set(false);
        judge();
    }
}
