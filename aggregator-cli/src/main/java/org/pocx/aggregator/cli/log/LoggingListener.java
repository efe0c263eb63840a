package org.pocx.aggregator.cli.log;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.statistics.Capacity;
import org.pocx.aggregator.statistics.MachineDirectory;
import org.pocx.aggregator.statistics.StatisticsEvent;
import org.pocx.aggregator.statistics.StatisticsListener;
import org.pocx.aggregator.statistics.finding.CapacityDrop;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.history.WonBlock;

/** One line for each event that an operator cares for. Thread-safe; it only makes texts, and hands them on. */
public final class LoggingListener implements AggregatorListener, StatisticsListener {
    private volatile String upstream;
    private final long blockTimeSecs;
    private final PocTime pocTime;
    private final LineLog log;
    private final MachineDirectory directory;
    private final BlockLines blocks;
    private final InstantSource clock;
    private final OutageLines outage = new OutageLines();

    /** Whether polls fail: then the lines of the outage say enough of the nonces that wait. */
    private volatile boolean down;

    /**
     * @param upstream what to call the pool or node
     * @param blockTime of the chain, whole seconds, at least one
     * @param directory the names of machines, which may change at any time
     */
    public LoggingListener(String upstream, Duration blockTime, LineLog log, MachineDirectory directory) {
        this(upstream, blockTime, log, directory, WallClock.system());
    }

    LoggingListener(
            String upstream, Duration blockTime, LineLog log, MachineDirectory directory, InstantSource clock) {
        this.upstream = upstream;
        this.blockTimeSecs = blockTime.toSeconds();
        this.pocTime = PocTime.forBlockTime(blockTimeSecs);
        this.log = log;
        this.directory = directory;
        this.blocks = new BlockLines(directory);
        this.clock = clock;
    }

    /** Whether a round is known: before that, miners have nothing to mine. */
    private volatile boolean roundKnown;

    @Override
    public void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.RoundChanged changed -> roundChanged(changed);
            case AggregatorEvent.FateChanged changed -> fateChanged(changed);
            case AggregatorEvent.Forwarded forwarded -> forwarded(forwarded);
            case AggregatorEvent.Delayed delayed -> delayed(delayed);
            case AggregatorEvent.Held held -> debug(
                    "Held by " + upstream + ", which has no verdict yet" + words(held.message().text()), held.nonce());
            case AggregatorEvent.MachineSuspected suspected -> suspected(suspected);
            case AggregatorEvent.AccountAccepted accepted -> log.log(
                    Level.INFO, upstream + " accepts nonces of account " + accepted.accountId() + " again");
            case AggregatorEvent.RequestsMisfit misfit -> misfit.message()
                    .ifPresentOrElse(
                            this::requestsMisfit,
                            () -> log.log(
                                    Level.INFO, upstream + " processes our requests again, held nonces are sent"));
            case AggregatorEvent.Synchronising changed -> changed.evidence()
                    .ifPresentOrElse(
                            this::synchronising, () -> log.log(Level.INFO, upstream + " is synchronised"));
            case AggregatorEvent.UpstreamSwitched switched -> switched(switched);
            case AggregatorEvent.UpstreamStateChanged changed -> stateChanged(changed.upstream());
            case AggregatorEvent.UpstreamDown trouble -> upstreamDown(trouble);
            case AggregatorEvent.UpstreamUp up -> upstreamUp(up.outage());
            case AggregatorEvent.ClockChanged changed -> clockChanged(changed.by());
            case AggregatorEvent.StoreDown trouble -> storeDown(trouble);
            case AggregatorEvent.StoreUp up -> log.log(
                    Level.INFO, "Nonces can be written to disk again" + after(up.outage()));
            case AggregatorEvent.Started started -> {}
            case AggregatorEvent.Stopped stopped -> {}
            case AggregatorEvent.NonceRepeated repeated -> {}
            case AggregatorEvent.MinerSeen seen -> {}
            case AggregatorEvent.StoreWritten written -> {}
        }
    }

    @Override
    public void on(StatisticsEvent event) {
        switch (event) {
            case StatisticsEvent.MachineSilent silent -> log.logRepeated(
                    Level.WARNING,
                    "silent",
                    "Machine " + name(silent.miner()) + " went silent: no nonce of it for " + silent.missedRounds()
                            + " rounds. Check its power, network and plots.");
            case StatisticsEvent.MachineBack back -> log.logRepeated(
                    Level.INFO, "back", "Machine " + name(back.miner()) + " is back after " + seconds(back.silence()));
            case StatisticsEvent.BadNonceFound bad -> badPlot(bad);
            case StatisticsEvent.BlockWon won -> log.log(Level.INFO, blocks.won(won.block()));
            case StatisticsEvent.BlockOrphaned changed -> {
                WonBlock block = changed.block();
                log.log(
                        block.orphaned() ? Level.WARNING : Level.INFO,
                        block.orphaned() ? blocks.orphaned(block) : blocks.givenBack(block));
            }
            case StatisticsEvent.BlockProbablyLost lost -> log.logRepeated(
                    Level.WARNING, "lost", blocks.lost(lost.loss(), upstream));
            case StatisticsEvent.BlocksCounted counted -> {}
            case StatisticsEvent.FindingReported reported -> found(reported.finding());
            case StatisticsEvent.EventRecorded recorded -> {}
        }
    }

    private void badPlot(StatisticsEvent.BadNonceFound bad) {
        NonceSubmission nonce = bad.nonce().submission();
        log.logRepeated(
                Level.WARNING,
                "bad plot " + bad.plot().machine() + " " + nonce.seed(),
                "Bad plot: machine " + name(bad.nonce().miner()) + ", account " + nonce.accountId() + ", seed "
                        + nonce.seed() + ", nonce " + Long.toUnsignedString(nonce.nonce()) + ", compression "
                        + nonce.compression() + ": the machine stated raw quality "
                        + Long.toUnsignedString(nonce.rawQuality()) + ", computed "
                        + Long.toUnsignedString(bad.rawQuality())
                        + ". Check the disk, and plot this file again.");
    }

    private void found(Finding finding) {
        switch (finding) {
            case Finding.CapacityDropped dropped -> log.logRepeated(
                    Level.WARNING,
                    "capacity " + dropped.miner().id(),
                    "Machine " + name(dropped.miner()) + ": capacity dropped to " + capacity(dropped.drop())
                            + " since " + dropped.drop().since().truncatedTo(ChronoUnit.SECONDS)
                            + ". Check its disks and plot files. After a planned change, reset its baseline on the"
                            + " dashboard.");
            case Finding.CapacityRestored restored -> log.logRepeated(
                    Level.INFO,
                    "capacity " + restored.miner().id(),
                    "Machine " + name(restored.miner()) + ": capacity restored, "
                            + Capacity.text(restored.measuredTib()) + " of "
                            + Capacity.text(restored.drop().baselineTib()));
            case Finding.PlotsOverlap overlap -> log.logRepeated(
                    Level.WARNING,
                    "overlap " + overlap.machineA().id() + " " + overlap.machineB().id(),
                    "Plot files overlap: machines " + name(overlap.machineA()) + " and " + name(overlap.machineB())
                            + " sent " + overlap.overlap().nonces() + " equal nonces in "
                            + overlap.overlap().rounds()
                            + " rounds. Remove the plot files that both have from one of them.");
        }
    }

    private static String capacity(CapacityDrop drop) {
        String source =
                switch (drop.source()) {
                    case CONFIGURED -> "configured";
                    case LEARNED -> "learned";
                };
        return (Double.isNaN(drop.measuredTib()) ? "nothing" : Capacity.text(drop.measuredTib())) + " of "
                + Capacity.text(drop.baselineTib()) + " (" + source + ")";
    }

    private void roundChanged(AggregatorEvent.RoundChanged changed) {
        String round = describe(changed.info());
        switch (changed.kind()) {
            case OPENED -> {
                roundKnown = true;
                log.log(Level.INFO, "New round: " + round);
            }
            case REVIVED -> {
                roundKnown = true;
                log.log(Level.INFO, "New round (an earlier one again): " + round);
            }
            case REANNOUNCED -> log.log(Level.INFO, "The round was announced anew: " + round);
        }
    }

    private String describe(MiningInfo info) {
        return "height " + Long.toUnsignedString(info.height()) + ", base target "
                + Long.toUnsignedString(info.baseTarget()) + ", network "
                + Capacity.text(Capacity.networkTib(info.baseTarget(), blockTimeSecs));
    }

    private void fateChanged(AggregatorEvent.FateChanged event) {
        if (event.isReceived()) {
            debug("Received", event);
        }
        switch (event.after()) {
            case REFUSED -> debug("Refused" + words(event.message()), event);
            case FILTERED -> debug("Filtered" + words(event.message()), event);
            case PENDING -> {}
            case SUPERSEDED -> debug("Superseded by a better one", event);
            case CONFIRMED -> {
                if (event.isOverClaim()) {
                    repeated(Level.WARNING, "worse", event, "Confirmed by " + upstream + ", worse than claimed");
                } else {
                    log.log(Level.INFO, "Confirmed by " + upstream + ": " + describe(event));
                }
            }
            case TAKEN_OVER -> log.log(Level.INFO, "Taken over by " + upstream + ": " + describe(event));
            case REJECTED -> rejected(event);
            case STALE -> repeated(
                    Level.INFO, "stale", event, "Stale at " + upstream + ", kept in case its round comes back");
            case EXPIRED -> repeated(Level.WARNING, "expired", event, "Ended without a verdict of " + upstream);
        }
    }

    private void rejected(AggregatorEvent.FateChanged event) {
        Fate before = event.before();
        if (event.unsent()) {
            repeated(Level.WARNING, "unsent", event, "Not sent to " + upstream);
        } else if (before != null && before.isAccepted()) {
            repeated(
                    Level.WARNING,
                    "rejected",
                    event,
                    "Rejected by " + upstream + " when it was sent again, it is no longer confirmed");
        } else {
            repeated(Level.WARNING, "rejected", event, "Rejected by " + upstream);
        }
    }

    private void repeated(Level level, String kind, AggregatorEvent.FateChanged event, String what) {
        if (log.isEnabled(level)) {
            log.logRepeated(
                    level,
                    kind + " " + event.nonce().miner().id(),
                    what + words(event.message()) + ": " + describe(event));
        }
    }

    private void forwarded(AggregatorEvent.Forwarded event) {
        event.resendReason()
                .ifPresentOrElse(
                        reason -> log.logRepeated(
                                Level.INFO,
                                "resent",
                                "Sent again to " + upstream + words(reason) + ": " + describe(event.nonce())),
                        () -> debug("Sent to " + upstream, event.nonce()));
    }

    private void requestsMisfit(UpstreamMessage message) {
        log.log(
                Level.ERROR,
                upstream + " cannot process our requests (error " + LogText.clean(message.reference()) + ", "
                        + LogText.clean(message.text())
                        + "): it has another version, or is a node without a wallet. Nonces are held and sent when that"
                        + " has changed. Update the node, or set upstream.url to another one.");
    }

    private void synchronising(String evidence) {
        log.log(
                Level.WARNING,
                upstream + " is still synchronising: " + evidence
                        + ". Nonces for its rounds are most likely worthless. Wait until it has caught up, and check that"
                        + " it has peers.");
    }

    private void delayed(AggregatorEvent.Delayed event) {
        UpstreamTrouble trouble = event.trouble();
        String words = LogText.clean(trouble.message().text());
        switch (trouble.kind()) {
            case WALLET_LOCKED -> log.logRepeated(
                    Level.WARNING,
                    "locked",
                    "The wallet of " + upstream + " is locked, nonces wait: unlock it (" + words + ")");
            case UNAUTHORIZED -> log.logRepeated(
                    Level.WARNING,
                    "unauthorized",
                    upstream + " does not know our credentials, nonces wait: " + words);
            case BUSY, UPSTREAM_BUSY -> noVerdict("busy", event.nonce(), trouble);
            case UNREACHABLE, TIMED_OUT, CONNECTION_REFUSED -> noVerdict("unreachable", event.nonce(), trouble);
            case UNKNOWN_ERROR -> unknownError(trouble.message());
            case ACCOUNT_REFUSED -> log.logRepeated(
                    Level.WARNING,
                    "account " + event.nonce().submission().accountId(),
                    upstream + " accepts no nonce of account " + event.nonce().submission().accountId() + " now ("
                            + words
                            + "). Its best nonce is kept and tried again. Load the wallet that holds its key, or assign"
                            + " the account.");
            case MISFIT -> debug("No verdict, " + words, event.nonce());
        }
    }

    private void unknownError(UpstreamMessage message) {
        String code = LogText.clean(message.reference());
        log.logRepeated(
                Level.WARNING,
                "unknown " + code,
                upstream + " answered with an unknown error " + code + ", trying again: "
                        + LogText.clean(message.text()));
    }

    private void noVerdict(String kind, ReceivedNonce nonce, UpstreamTrouble trouble) {
        String words = LogText.clean(trouble.message().text());
        if (!down && !trouble.equals(UpstreamTrouble.LOST_IN_OUTAGE)) {
            log.logRepeated(Level.WARNING, kind, "No verdict of " + upstream + " yet, the nonce is kept: " + words);
        }
        debug("No verdict yet, " + words, nonce);
    }

    private void suspected(AggregatorEvent.MachineSuspected event) {
        log.log(
                Level.WARNING,
                "Machine " + name(event.miner())
                        + " is suspect, its nonces wait behind the others this round: they were rejected or worse than claimed"
                        + " (" + LogText.clean(event.message()) + "). Check its plot files.");
    }

    private void switched(AggregatorEvent.UpstreamSwitched event) {
        upstream = event.to();
        if (event.isReturn()) {
            log.log(
                    Level.INFO,
                    "Returned from upstream " + event.from() + " to " + event.to() + ": " + event.reason());
        } else {
            log.log(
                    Level.WARNING,
                    "Switched from upstream " + event.from() + " to " + event.to() + ": " + event.reason()
                            + ". Nonces that the new one has not confirmed are sent there. Check " + event.from()
                            + ".");
        }
    }

    private void stateChanged(UpstreamStatus changed) {
        String why = changed.lastError().map(error -> ": " + LogText.clean(error)).orElse("");
        String role = changed.active() ? ", the active one," : ", not active,";
        switch (changed.state()) {
            case OK -> log.log(Level.INFO, "Upstream " + changed.name() + role + " works");
            case UNKNOWN -> {}
            case ANOTHER_CHAIN -> log.logRepeated(
                    Level.WARNING,
                    "chain",
                    "Upstream " + changed.name() + role
                            + " announces no block that the active one knows: another chain?"
                            + " It becomes active only when no other answers. Check its network.");
            case UNREACHABLE, NOT_FORWARDING, SYNCHRONISING, BEHIND -> log.logRepeated(
                    Level.WARNING,
                    "upstream",
                    "Upstream " + changed.name() + role + " is not ready: " + changed.state().label() + why
                            + ". Nonces cannot be sent there. Check it.");
        }
    }

    private void upstreamDown(AggregatorEvent.UpstreamDown event) {
        String reason = LogText.clean(event.trouble().message().text());
        if (!event.first()) {
            outage.another(reason, event.outage())
                    .ifPresent(words -> log.log(Level.WARNING, upstream + " does not answer as it should, " + words));
            return;
        }
        down = true;
        outage.begin(reason);
        log.log(
                Level.WARNING,
                upstream + " does not answer as it should: " + reason
                        + (roundKnown
                                ? ". Good nonces are kept and sent when it is back."
                                : ". There is no mining info yet, so miners wait."));
    }

    private void upstreamUp(Duration lasted) {
        down = false;
        roundKnown = true; // perhaps since an earlier run
        log.log(Level.INFO, upstream + " answers" + after(lasted));
    }

    private void clockChanged(Duration by) {
        String way = by.isNegative() ? "back" : "ahead";
        log.log(
                Level.WARNING,
                "The clock of this machine was set " + seconds(by.abs()) + " " + way
                        + ", or it slept: times in log and history follow it, rounds and nonces do not depend on it."
                        + " Check its time server.");
    }

    private void storeDown(AggregatorEvent.StoreDown event) {
        String reason = LogText.clean(event.reason());
        if (event.first()) {
            log.log(
                    Level.ERROR,
                    "Nonces cannot be written to disk: " + reason
                            + ". Mining continues without the database. Fix the problem; no restart is needed.");
        } else {
            log.logRepeated(Level.ERROR, "store", "Nonces still cannot be written to disk: " + reason);
        }
    }

    private static String after(Duration outage) {
        return outage.isZero() ? "" : " after " + seconds(outage);
    }

    private void debug(String what, AggregatorEvent.FateChanged event) {
        if (log.isEnabled(Level.DEBUG)) {
            log.log(Level.DEBUG, what + ": " + describe(event));
        }
    }

    private void debug(String what, ReceivedNonce nonce) {
        if (log.isEnabled(Level.DEBUG)) {
            log.log(Level.DEBUG, what + ": " + describe(nonce));
        }
    }

    private static String words(String message) {
        return message.isEmpty() ? "" : " (" + LogText.clean(message) + ")";
    }

    private String describe(AggregatorEvent.FateChanged event) {
        return describe(event.nonce(), event.confirmedRawQuality(), event.sinceReceived());
    }

    /** By the claim, and by the wall clock. */
    private String describe(ReceivedNonce nonce) {
        Duration since = Duration.between(nonce.receivedAt(), clock.instant());
        return describe(nonce, nonce.submission().rawQuality(), since.isNegative() ? Duration.ZERO : since);
    }

    private String describe(ReceivedNonce received, long quality, Duration since) {
        NonceSubmission nonce = received.submission();
        return "poc_time " + Long.toUnsignedString(pocTime.seconds(quality, nonce.baseTarget())) + " s, raw quality "
                + Long.toUnsignedString(quality) + ", account " + nonce.accountId() + ", machine "
                + name(received.miner()) + ", height " + Long.toUnsignedString(nonce.height()) + ", "
                + seconds(since) + " after it came";
    }

    private String name(MinerId miner) {
        return LogText.clean(directory.label(miner.id()));
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis < 10_000 ? millis + " ms" : duration.toSeconds() + " s";
    }
}
