package org.pocx.aggregator.statistics.blocks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.statistics.history.BlockState;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

/** A ledger with a chain that the test moves, second by second. */
final class LedgerRig {
    static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    static final String OURS = Nonces.account(1);
    static final String OTHERS = Nonces.account(99);
    static final long BASE_TARGET = 36_650_387_592L;
    private static final PocTime POC_TIME = PocTime.forBlockTime(120);

    final List<BlockOutcome> outcomes = new ArrayList<>();
    BlockLedger ledger = new BlockLedger(120);
    long seconds;

    /** The quality of a nonce with that poc_time. */
    static long quality(long pocTime) {
        long low = 0;
        long high = Long.MAX_VALUE;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (POC_TIME.seconds(middle, BASE_TARGET) < pocTime) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static String next(String signature, String winner) {
        return new NextSignature(signature).ifWonBy(winner);
    }

    private static long nanos(long atSeconds) {
        return Duration.ofSeconds(atSeconds).toNanos();
    }

    LedgerRig pass(long more) {
        seconds += more;
        return this;
    }

    LedgerRig announce(long height, String signature) {
        return take(new BlockInput.Announced(
                height, signature, BASE_TARGET, BEGIN.plusSeconds(seconds), nanos(seconds)));
    }

    LedgerRig confirm(long height, String signature, String account, String machine, long pocTime) {
        return take(new BlockInput.Confirmed(
                height,
                signature,
                account,
                machine,
                quality(pocTime),
                BASE_TARGET,
                BEGIN.plusSeconds(seconds),
                nanos(seconds)));
    }

    LedgerRig revoke(long height, String signature, String account, String machine, long pocTime) {
        return take(new BlockInput.Revoked(height, signature, account, machine, quality(pocTime)));
    }

    LedgerRig pollsFail() {
        return take(new BlockInput.PollsFailed(nanos(seconds)));
    }

    LedgerRig pollsGood() {
        return take(new BlockInput.PollsGood());
    }

    LedgerRig take(BlockInput input) {
        outcomes.addAll(ledger.take(input));
        return this;
    }

    /** A new process, which knows what is stored. */
    LedgerRig restart(long lastAlive) {
        BlockState state = ledger.state();
        List<WonBlock> known = List.copyOf(wins());
        ledger = new BlockLedger(120);
        ledger.restore(
                state, known, past -> Duration.between(BEGIN, past).toNanos(), nanos(lastAlive));
        return this;
    }

    List<WonBlock> wins() {
        return outcomes.stream()
                .filter(BlockOutcome.Won.class::isInstance)
                .map(outcome -> ((BlockOutcome.Won) outcome).block())
                .toList();
    }

    WonBlock win() {
        if (wins().size() != 1) {
            throw new AssertionError("not one win: " + outcomes);
        }
        return wins().getFirst();
    }

    List<WonBlock> forked() {
        return outcomes.stream()
                .filter(BlockOutcome.Forked.class::isInstance)
                .map(outcome -> ((BlockOutcome.Forked) outcome).block())
                .toList();
    }

    List<ProbableLoss> losses() {
        return outcomes.stream()
                .filter(BlockOutcome.Lost.class::isInstance)
                .map(outcome -> ((BlockOutcome.Lost) outcome).loss())
                .toList();
    }

    List<ProbableLoss> withdrawn() {
        return outcomes.stream()
                .filter(BlockOutcome.LossWithdrawn.class::isInstance)
                .map(outcome -> ((BlockOutcome.LossWithdrawn) outcome).loss())
                .toList();
    }

    /** The heights that were seen. */
    List<Long> seen() {
        return outcomes.stream()
                .filter(BlockOutcome.Seen.class::isInstance)
                .map(outcome -> ((BlockOutcome.Seen) outcome).height())
                .toList();
    }

    long unseen() {
        return ledger.state().unseen();
    }
}
