package org.pocx.aggregator.cli.log;

import java.lang.System.Logger.Level;
import java.time.Duration;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.NonceEvent;
import org.pocx.aggregator.core.mining.Capacity;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** One line for each event that an operator cares for. Thread-safe; it only makes texts, and hands them on. */
public final class LoggingListener implements AggregatorListener {
    private final String upstream;
    private final long blockTimeSecs;
    private final PocTime pocTime;
    private final LineLog log;
    private final OutageLines outage = new OutageLines();

    /** Whether polls fail: then the lines of the outage say enough of the nonces that wait. */
    private volatile boolean down;

    /**
     * @param upstream what to call the pool or node
     * @param blockTime of the chain, whole seconds, at least one
     */
    public LoggingListener(String upstream, Duration blockTime, LineLog log) {
        this.upstream = upstream;
        this.blockTimeSecs = blockTime.toSeconds();
        this.pocTime = PocTime.forBlockTime(blockTimeSecs);
        this.log = log;
    }

    @Override
    public void newRound(MiningInfo info, boolean revived) {
        log.log(Level.INFO, "New round" + (revived ? " (an earlier one again)" : "") + ": " + describe(info));
    }

    @Override
    public void roundChanged(MiningInfo info) {
        log.log(Level.INFO, "The round was announced anew: " + describe(info));
    }

    private String describe(MiningInfo info) {
        return "height " + Long.toUnsignedString(info.height()) + ", base target "
                + Long.toUnsignedString(info.baseTarget()) + ", network "
                + Capacity.text(Capacity.networkTib(info.baseTarget(), blockTimeSecs));
    }

    @Override
    public void confirmed(NonceEvent event) {
        log.log(Level.INFO, "Confirmed by " + upstream + ": " + describe(event));
    }

    @Override
    public void rejected(NonceEvent event) {
        repeated(Level.WARNING, "rejected", event, "Rejected by " + upstream);
    }

    @Override
    public void stale(NonceEvent event) {
        repeated(Level.INFO, "stale", event, "Stale at " + upstream + ", kept in case its round comes back");
    }

    @Override
    public void expired(NonceEvent event) {
        repeated(Level.WARNING, "expired", event, "Ended without a verdict of " + upstream);
    }

    private void repeated(Level level, String kind, NonceEvent event, String what) {
        if (log.isEnabled(level)) {
            log.logRepeated(level, kind + " " + event.miner().address(), what + words(event) + ": " + describe(event));
        }
    }

    @Override
    public void delayed(NonceEvent event, UpstreamTrouble trouble) {
        switch (trouble) {
            case UpstreamTrouble.WalletLocked locked -> log.logRepeated(
                    Level.WARNING,
                    "locked",
                    "The wallet of " + upstream + " is locked, nonces wait: unlock it ("
                            + LogText.clean(locked.message())
                            + ")");
            case UpstreamTrouble.Unauthorized unauthorized -> log.logRepeated(
                    Level.WARNING,
                    "unauthorized",
                    upstream + " does not know our credentials, nonces wait: " + LogText.clean(unauthorized.message()));
            case UpstreamTrouble.Busy busy -> noVerdict("busy", event, busy.message());
            case UpstreamTrouble.Unreachable away -> noVerdict("unreachable", event, away.message());
            case UpstreamTrouble.UnknownCode error -> log.logRepeated(
                    Level.WARNING,
                    "unknown " + error.code(),
                    upstream + " answered with an unknown error " + error.code() + ", trying again: "
                            + LogText.clean(error.message()));
        }
    }

    private void noVerdict(String kind, NonceEvent event, String message) {
        String words = LogText.clean(message);
        if (!down && !message.equals(UpstreamTrouble.Unreachable.SWALLOWED_BY_OUTAGE.message())) {
            log.logRepeated(Level.WARNING, kind, "No verdict of " + upstream + " yet, the nonce is kept: " + words);
        }
        debug("No verdict yet, " + words, event);
    }

    @Override
    public void received(NonceEvent event) {
        debug("Received", event);
    }

    @Override
    public void refused(NonceEvent event) {
        debug("Refused" + words(event), event);
    }

    @Override
    public void filtered(NonceEvent event) {
        debug("Filtered", event);
    }

    @Override
    public void superseded(NonceEvent event) {
        debug("Superseded by a better one", event);
    }

    @Override
    public void forwarded(NonceEvent event) {
        debug("Sent to " + upstream, event);
    }

    @Override
    public void suspected(MinerId miner, String words) {
        log.log(
                Level.WARNING,
                "Machine " + name(miner)
                        + " is suspect, its nonces wait behind the others this round: 3 were rejected ("
                        + LogText.clean(words) + "). Check its plots.");
    }

    @Override
    public void minerSilent(MinerId miner, int missedRounds) {
        log.logRepeated(
                Level.WARNING,
                "silent",
                "Machine " + name(miner) + " went silent: no nonce of it for " + missedRounds
                        + " rounds. Check its power, network and plots.");
    }

    @Override
    public void minerBack(MinerId miner, Duration silence) {
        log.logRepeated(Level.INFO, "back", "Machine " + name(miner) + " is back after " + seconds(silence));
    }

    @Override
    public void upstreamDown(UpstreamTrouble trouble) {
        String reason = LogText.clean(trouble.message());
        down = true;
        outage.begin(reason);
        log.log(
                Level.WARNING,
                upstream + " does not answer as it should: " + reason
                        + ". Good nonces are kept and sent when it is back.");
    }

    @Override
    public void upstreamStillDown(UpstreamTrouble trouble, Duration since) {
        outage.another(LogText.clean(trouble.message()), since)
                .ifPresent(words -> log.log(Level.WARNING, upstream + " does not answer as it should, " + words));
    }

    @Override
    public void upstreamUp(Duration lasted) {
        down = false;
        log.log(Level.INFO, upstream + " answers" + after(lasted));
    }

    @Override
    public void clockSet(Duration by) {
        String way = by.isNegative() ? "back" : "ahead";
        log.log(
                Level.WARNING,
                "The clock of this machine was set " + seconds(by.abs()) + " " + way
                        + ", or it slept: times in log and history follow it, rounds and nonces do not depend on it."
                        + " Check its time server.");
    }

    @Override
    public void storeDown(String reason) {
        log.log(
                Level.ERROR,
                "Nonces cannot be made durable: " + LogText.clean(reason)
                        + ". Mining goes on without; mend it, no restart is needed.");
    }

    @Override
    public void storeStillDown(String reason) {
        log.logRepeated(Level.ERROR, "store", "Nonces still cannot be made durable: " + LogText.clean(reason));
    }

    @Override
    public void storeUp(Duration outage) {
        log.log(Level.INFO, "Nonces are durable again" + after(outage));
    }

    private static String after(Duration outage) {
        return outage.isZero() ? "" : " after " + seconds(outage);
    }

    private void debug(String what, NonceEvent event) {
        if (log.isEnabled(Level.DEBUG)) {
            log.log(Level.DEBUG, what + ": " + describe(event));
        }
    }

    private static String words(NonceEvent event) {
        return event.words().isEmpty() ? "" : " (" + LogText.clean(event.words()) + ")";
    }

    private String describe(NonceEvent event) {
        NonceSubmission nonce = event.submission();
        long quality = event.confirmedRawQuality();
        return "poc_time " + Long.toUnsignedString(pocTime.seconds(quality, nonce.baseTarget())) + " s, raw quality "
                + Long.toUnsignedString(quality) + ", account " + nonce.accountId() + ", machine "
                + name(event.miner()) + ", height " + Long.toUnsignedString(nonce.height()) + ", "
                + seconds(event.sinceReceived()) + " after it came";
    }

    private static String name(MinerId miner) {
        String address = LogText.clean(miner.address());
        return miner.label().isEmpty() ? address : address + " (" + LogText.clean(miner.label()) + ")";
    }

    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis < 10_000 ? millis + " ms" : duration.toSeconds() + " s";
    }
}
