package org.pocx.aggregator.cli;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.cli.log.LineLog;
import org.pocx.aggregator.cli.log.LogText;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.statistics.StatisticsEvent;
import org.pocx.aggregator.statistics.StatisticsListener;
import org.pocx.aggregator.statistics.history.WonBlock;

/**
 * Tells a spectator what happens: of the nonces only those that are the farm's best of their round so far, what is
 * rejected, and the blocks that the farm wins. Sums up each round when the next one begins.
 *
 * <p>Thread-safe: this object's monitor guards the tally of the round.
 */
final class DemoReport implements AggregatorListener, StatisticsListener {
    private final PocTime pocTime;
    private final LineLog out;
    private final IntPredicate goesOn;

    private @Nullable Tally tally;
    private int ended;

    /** What happened in a round so far. */
    private static final class Tally {
        private final MiningInfo info;
        private int received;
        private int filtered;
        private final Set<NonceId> sent = new HashSet<>();
        private int confirmed;
        private int rejected;
        private @Nullable NonceSubmission bestSent;
        private @Nullable FateChanged best;

        Tally(MiningInfo info) {
            this.info = info;
        }
    }

    /** @param goesOn is told after each round how many have ended, and says whether to tell of another */
    DemoReport(Duration blockTime, LineLog out, IntPredicate goesOn) {
        this.pocTime = PocTime.forBlockTime(blockTime.toSeconds());
        this.out = out;
        this.goesOn = goesOn;
    }

    @Override
    public void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.RoundChanged changed -> {
                switch (changed.kind()) {
                    case OPENED, REVIVED -> roundBegan(changed.info());
                    case REANNOUNCED -> {}
                }
            }
            case FateChanged changed -> fateChanged(changed);
            case AggregatorEvent.Forwarded forwarded -> {
                if (forwarded.resendReason().isEmpty()) {
                    forwarded(forwarded.nonce());
                }
            }
            case AggregatorEvent.UpstreamDown down -> {
                if (down.first()) {
                    out.log(Level.INFO, "upstream   down: " + LogText.clean(down.trouble().message().text()));
                }
            }
            case AggregatorEvent.UpstreamUp up -> out.log(
                    Level.INFO,
                    "upstream   up" + (up.outage().isZero() ? "" : " after " + up.outage().toMillis() + " ms"));
            case AggregatorEvent.Started started -> {}
            case AggregatorEvent.Stopped stopped -> {}
            case AggregatorEvent.NonceRepeated repeated -> {}
            case AggregatorEvent.MinerSeen seen -> {}
            case AggregatorEvent.Delayed delayed -> {}
            case AggregatorEvent.Held held -> {}
            case AggregatorEvent.MachineSuspected suspected -> {}
            case AggregatorEvent.AccountAccepted accepted -> {}
            case AggregatorEvent.RequestsMisfit misfit -> {}
            case AggregatorEvent.Synchronising synchronising -> {}
            case AggregatorEvent.UpstreamSwitched switched -> out.log(
                    Level.INFO,
                    "upstream   " + (switched.isReturn() ? "returned" : "switched") + " from " + switched.from()
                            + " to "
                            + switched.to() + ": " + switched.reason());
            case AggregatorEvent.UpstreamStateChanged changed -> {}
            case AggregatorEvent.ClockChanged changed -> {}
            case AggregatorEvent.StoreDown down -> {}
            case AggregatorEvent.StoreUp up -> {}
            case AggregatorEvent.StoreWritten written -> {}
        }
    }

    @Override
    public void on(StatisticsEvent event) {
        switch (event) {
            case StatisticsEvent.BlockWon won -> out.log(Level.INFO, "won        " + describe(won.block()));
            case StatisticsEvent.BadNonceFound bad -> out.log(Level.INFO, "bad plot   " + describe(bad));
            case StatisticsEvent.BlockOrphaned orphaned -> {}
            case StatisticsEvent.BlockProbablyLost lost -> {}
            case StatisticsEvent.BlocksCounted counted -> {}
            case StatisticsEvent.MachineSilent silent -> {}
            case StatisticsEvent.MachineBack back -> {}
            case StatisticsEvent.FindingReported reported -> {}
            case StatisticsEvent.EventRecorded recorded -> {}
        }
    }

    private static String describe(WonBlock block) {
        return "block of height " + Long.toUnsignedString(block.height())
                + block.finder()
                        .map(finder -> " with poc_time " + Long.toUnsignedString(finder.pocTime()) + " s of machine "
                                + finder.machine())
                        .orElse("")
                + " for account " + block.accountId().substring(0, 8) + "..";
    }

    private synchronized void roundBegan(MiningInfo info) {
        Tally over = tally;
        tally = new Tally(info);
        if (over != null) {
            out.log(Level.INFO, summary(over));
            ended++;
            if (!goesOn.test(ended)) {
                tally = null;
                return;
            }
        }
        out.log(Level.INFO, "round      height " + Long.toUnsignedString(info.height()) + " begins");
    }

    private String summary(Tally over) {
        String best = over.best == null
                ? "no nonce confirmed"
                : "best poc_time " + pocTime(over.best) + " by " + whose(over.best.nonce());
        return "summary    height " + Long.toUnsignedString(over.info.height()) + ": " + best + "; received "
                + over.received + ", filtered " + over.filtered + ", forwarded " + over.sent.size() + ", confirmed "
                + over.confirmed + ", rejected " + over.rejected;
    }

    private synchronized void fateChanged(FateChanged event) {
        Tally current = of(event.nonce());
        if (current != null) {
            current.received += event.isReceived() ? 1 : 0;
            count(event, current);
        }
        if (event.after() == Fate.REJECTED) {
            out.log(Level.INFO, "rejected   " + whose(event.nonce()) + ": " + LogText.clean(event.message()));
        }
    }

    private void count(FateChanged event, Tally current) {
        switch (event.after()) {
            case FILTERED -> current.filtered++;
            case CONFIRMED -> {
                current.confirmed++;
                if (current.best == null || isBetter(event.confirmedRawQuality(), current.best.confirmedRawQuality())) {
                    current.best = event;
                    out.log(Level.INFO, "confirmed  poc_time " + pocTime(event) + ", " + whose(event.nonce()));
                }
            }
            case REJECTED -> current.rejected++;
            case REFUSED, SUPERSEDED, PENDING, TAKEN_OVER, STALE, EXPIRED -> {}
        }
    }

    /** Called for each attempt. */
    private synchronized void forwarded(ReceivedNonce nonce) {
        NonceSubmission submission = nonce.submission();
        Tally current = of(nonce);
        if (current != null
                && current.sent.add(submission.nonceId())
                && (current.bestSent == null || isBetter(submission.rawQuality(), current.bestSent.rawQuality()))) {
            current.bestSent = submission;
            out.log(
                    Level.INFO,
                    "forwarded  poc_time " + pocTime(submission, submission.rawQuality()) + ", " + whose(nonce));
        }
    }

    private static boolean isBetter(long rawQuality, long than) {
        return Long.compareUnsigned(rawQuality, than) < 0;
    }

    private @Nullable Tally of(ReceivedNonce nonce) {
        Tally current = tally;
        return current != null && current.info.blockHash().equals(nonce.submission().blockHash()) ? current : null;
    }

    private String pocTime(FateChanged event) {
        return pocTime(event.nonce().submission(), event.confirmedRawQuality());
    }

    private String pocTime(NonceSubmission nonce, long rawQuality) {
        return Long.toUnsignedString(pocTime.seconds(rawQuality, nonce.baseTarget())) + " s";
    }

    private static String whose(ReceivedNonce nonce) {
        return "machine " + nonce.miner().id() + " for account "
                + nonce.submission().accountId().substring(0, 8) + "..";
    }

    private static String describe(StatisticsEvent.BadNonceFound bad) {
        return "machine " + bad.plot().machine() + ", account "
                + bad.plot().accountId().substring(0, 8) + "..: the proof of nonce "
                + Long.toUnsignedString(bad.nonce().submission().nonce())
                + " shows another quality than the machine stated";
    }
}
