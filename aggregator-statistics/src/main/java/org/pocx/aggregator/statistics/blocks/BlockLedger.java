package org.pocx.aggregator.statistics.blocks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.statistics.history.BlockState;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.RoundSignature;
import org.pocx.aggregator.statistics.history.WonBlock;

/**
 * The rules by which won blocks are found. It takes inputs and returns what follows from them; it does nothing else.
 *
 * <ul>
 *   <li>Each new height and signature is tried against the signatures of the height below, with each account that had a
 *       nonce confirmed there (protocol, section 1). A nonce that is confirmed only after the block was announced is tried
 *       as well. A match is a proof: the account won.
 *   <li>The machine is named if its confirmed nonce fits the duration of the round within 15 s. A nonce is due at its
 *       poc_time, or at its confirmation if that is later. Where polls failed or the aggregator was not running, begin
 *       and end of a round are known within limits only, and a nonce that fits any of them is taken.
 *   <li>A win at height h is orphaned while another signature of height h + 1 is the one that was announced last, once
 *       height h + 2 or more is current. When the first signature is current again, the win counts again. A fork that
 *       replaces the block and adds another one between two polls cannot be seen.
 *   <li>Each height is counted once: as seen if the next announced height was one above it, otherwise as unseen.
 * </ul>
 *
 * <p>Not thread-safe; confined by {@link BlockTracker}. Bounded by {@link RoundWindow}.
 */
final class BlockLedger {
    /** A larger step of the height is another chain, or a chain that began anew. */
    static final long MAX_STEP = 10_000;

    static final int REMEMBERED_WINS = 256;

    private final PocTime pocTime;
    private final RoundWindow window = new RoundWindow();

    /** The last wins by block, so that none is reported twice. */
    private final Map<BlockKey, WonBlock> wins = new LinkedHashMap<>();

    private @Nullable TrackedRound current;
    private long nextHeight;
    private long unseen;
    private boolean synchronising;

    /** Since when polls have failed, if they do. */
    private @Nullable Long failingSince;

    private record BlockKey(long height, String signature) {}

    /** @param blockTimeSecs 1 to 86,400 */
    BlockLedger(long blockTimeSecs) {
        this.pocTime = PocTime.forBlockTime(blockTimeSecs);
    }

    /** Converts times of an earlier run to the monotonic clock. */
    interface PastTimes {
        long nanos(Instant past);
    }

    /**
     * Continues after a restart.
     *
     * @param lastAlive monotonic time until which the current round was certainly current
     */
    void restore(BlockState state, List<WonBlock> lastWins, PastTimes times, long lastAlive) {
        for (RoundSignature known : state.signatures()) {
            long begun = times.nanos(known.begunAt());
            TrackedRound round = new TrackedRound(
                    known.height(),
                    known.signature(),
                    known.baseTarget(),
                    new TimeRange(begun, begun),
                    known.begunAt());
            round.disturb();
            window.announce(round);
            current = round;
            failingSince = Math.max(begun, lastAlive);
        }
        nextHeight = state.nextHeight();
        unseen = state.unseen();
        lastWins.forEach(this::remember);
        window.rounds().forEach(this::attachKnownWin);
    }

    /** Whether that round is known, and whether it is the current one where this is wanted. */
    boolean knows(long height, String signature, boolean asCurrent) {
        TrackedRound known = window.find(height, signature);
        return known != null && (!asCurrent || known == current);
    }

    BlockState state() {
        return new BlockState(window.toRecords(), nextHeight, unseen);
    }

    List<BlockOutcome> take(BlockInput input) {
        List<BlockOutcome> outcomes = new ArrayList<>();
        switch (input) {
            case BlockInput.Announced announced -> announced(announced, outcomes);
            case BlockInput.Confirmed confirmed -> confirmed(confirmed, outcomes);
            case BlockInput.Revoked revoked -> revoked(revoked);
            case BlockInput.PollsFailed failed -> {
                failingSince = failed.nanos();
                if (current != null) {
                    current.disturb();
                }
            }
            case BlockInput.PollsGood good -> failingSince = null;
            case BlockInput.Synchronising changed -> synchronising = changed.begins();
        }
        return outcomes;
    }

    // ---- announcements

    private void announced(BlockInput.Announced input, List<BlockOutcome> outcomes) {
        if (!window.isEmpty() && isAnotherChain(input.height())) {
            window.clear();
            current = null;
        }
        Long failing = failingSince;
        TimeRange time =
                new TimeRange(failing == null ? input.nanos() : Math.min(failing, input.nanos()), input.nanos());
        TrackedRound before = current;
        TrackedRound known = window.find(input.height(), input.signature());
        TrackedRound round = known != null
                ? known
                : new TrackedRound(input.height(), input.signature(), input.baseTarget(), time, input.at());
        round.announcedWith(input.baseTarget());
        window.announce(round);
        current = round;
        if (before == null) {
            nextHeight = input.height();
        } else if (before != round) {
            leave(before, round, time, input.at(), outcomes);
        }
        if (known == null) {
            attachKnownWin(round);
            findWinner(round, time, input.at(), outcomes);
            findLoss(before, round, input.at(), outcomes);
        } else if (before != round) {
            round.disturb(); // a fork made it current again
        }
        judgeForks(outcomes);
    }

    private boolean isAnotherChain(long height) {
        long above = height - window.highest();
        return above > MAX_STEP || above <= -RoundWindow.HEIGHTS;
    }

    private void leave(
            TrackedRound before, TrackedRound round, TimeRange time, Instant at, List<BlockOutcome> outcomes) {
        long step = round.height() - before.height();
        if (step == 1) {
            before.endedAt(time);
            if (before.height() - nextHeight >= 0) {
                outcomes.add(new BlockOutcome.Seen(before.height(), before.baseTarget(), at));
            }
        } else {
            before.disturb();
            long missed = round.height() - Math.max(0, nextHeight - before.height()) - before.height();
            if (step > 1 && missed > 0 && !synchronising) {
                unseen += missed;
                outcomes.add(new BlockOutcome.Unseen(missed));
            }
        }
        if (round.height() - nextHeight > 0) {
            nextHeight = round.height();
        }
    }

    private void findWinner(TrackedRound round, TimeRange time, Instant at, List<BlockOutcome> outcomes) {
        for (TrackedRound parent : window.at(round.height() - 1)) {
            NextSignature next = new NextSignature(parent.signature());
            for (String accountId : parent.confirmed().accounts()) {
                if (round.win() == null && next.ifWonBy(accountId).equals(round.signature())) {
                    won(parent, round, accountId, time, at, outcomes);
                }
            }
        }
    }

    private void won(
            TrackedRound parent,
            TrackedRound round,
            String accountId,
            TimeRange time,
            Instant at,
            List<BlockOutcome> outcomes) {
        Optional<WonBlock.Finder> finder = parent.finder(accountId, time).map(ConfirmedNonce::asFinder);
        WonBlock block = new WonBlock(parent.height(), round.signature(), at, accountId, finder, false);
        round.wonBy(block);
        remember(block);
        outcomes.add(new BlockOutcome.Won(block));
        ProbableLoss loss = parent.loss();
        if (loss != null) {
            parent.lost(null);
            outcomes.add(new BlockOutcome.LossWithdrawn(loss));
        }
    }

    private void findLoss(
            @Nullable TrackedRound before, TrackedRound round, Instant at, List<BlockOutcome> outcomes) {
        if (before == null || synchronising || round.height() - before.height() != 1 || round.win() != null) {
            return;
        }
        before.overdue().ifPresent(best -> {
            ProbableLoss loss = new ProbableLoss(
                    before.height(),
                    before.signature(),
                    at,
                    best.accountId(),
                    best.nonce().machine(),
                    best.nonce().rawQuality(),
                    best.nonce().pocTime());
            before.lost(loss);
            outcomes.add(new BlockOutcome.Lost(loss));
        });
    }

    private void judgeForks(List<BlockOutcome> outcomes) {
        TrackedRound tip = current;
        if (tip == null) {
            return;
        }
        for (TrackedRound round : window.rounds()) {
            WonBlock win = round.win();
            if (win == null || tip.height() - round.height() < 1) {
                continue;
            }
            boolean orphaned = round != window.at(round.height()).getLast();
            if (orphaned != win.orphaned()) {
                WonBlock changed = win.withOrphaned(orphaned);
                round.wonBy(changed);
                remember(changed);
                outcomes.add(new BlockOutcome.Forked(changed));
            }
        }
    }

    // ---- wins

    private void remember(WonBlock block) {
        wins.put(new BlockKey(block.height(), block.signature()), block);
        if (wins.size() > REMEMBERED_WINS) {
            wins.remove(wins.keySet().iterator().next());
        }
    }

    private void attachKnownWin(TrackedRound round) {
        WonBlock win = wins.get(new BlockKey(round.height() - 1, round.signature()));
        if (win != null) {
            round.wonBy(win);
        }
    }

    // ---- nonces

    private void confirmed(BlockInput.Confirmed input, List<BlockOutcome> outcomes) {
        TrackedRound round = window.find(input.height(), input.signature());
        if (round == null) {
            return;
        }
        ConfirmedNonce nonce = new ConfirmedNonce(
                input.machine(),
                input.rawQuality(),
                pocTime.seconds(input.rawQuality(), input.baseTarget()),
                input.nanos());
        if (window.confirm(round, input.accountId(), nonce)) {
            findLateWin(round, input, outcomes);
        }
    }

    /** The block may have been announced before the confirmation of the nonce that won it came. */
    private void findLateWin(TrackedRound round, BlockInput.Confirmed input, List<BlockOutcome> outcomes) {
        for (TrackedRound next : window.at(round.height() + 1)) {
            if (next.win() == null
                    && new NextSignature(round.signature())
                            .ifWonBy(input.accountId())
                            .equals(next.signature())) {
                won(round, next, input.accountId(), next.begun(), input.at(), outcomes);
            }
        }
        judgeForks(outcomes);
    }

    private void revoked(BlockInput.Revoked input) {
        TrackedRound round = window.find(input.height(), input.signature());
        if (round != null) {
            window.revoke(round, input.accountId(), input.machine(), input.rawQuality());
        }
    }
}
