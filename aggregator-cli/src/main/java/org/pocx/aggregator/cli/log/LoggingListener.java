package org.pocx.aggregator.cli.log;

import java.lang.System.Logger.Level;
import java.time.Duration;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
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

    /** Whether a round is known: before that, miners have nothing to mine. */
    private volatile boolean roundKnown;

    @Override
    public void newRound(MiningInfo info, boolean revived) {
        roundKnown = true;
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
        if (event.isOverClaim()) {
            repeated(Level.WARNING, "worse", event, "Confirmed by " + upstream + ", worse than claimed");
        } else {
            log.log(Level.INFO, "Confirmed by " + upstream + ": " + describe(event));
        }
    }

    @Override
    public void resent(NonceEvent event) {
        log.logRepeated(
                Level.INFO, "resent", "Sent again to " + upstream + words(event) + ": " + describe(event));
    }

    @Override
    public void rejected(NonceEvent event) {
        String what = event.before() == Fate.CONFIRMED
                ? "Rejected by " + upstream + " when it was sent again, it is no longer confirmed"
                : "Rejected by " + upstream;
        repeated(Level.WARNING, "rejected", event, what);
    }

    @Override
    public void accountAcceptedAgain(String accountId) {
        log.log(Level.INFO, upstream + " accepts nonces of account " + accountId + " again");
    }

    @Override
    public void requestsMisfit(UpstreamTrouble.Misfit trouble) {
        log.log(
                Level.ERROR,
                upstream + " cannot process our requests (error " + trouble.code() + ", "
                        + LogText.clean(trouble.message())
                        + "): it has another version, or is a node without a wallet. Nonces are held and sent when that"
                        + " has changed. Update the node, or set upstream.url to another one.");
    }

    @Override
    public void requestsFit() {
        log.log(Level.INFO, upstream + " processes our requests again, held nonces are sent");
    }

    @Override
    public void upstreamSynchronising(String evidence) {
        log.log(
                Level.WARNING,
                upstream + " is still synchronising: " + evidence
                        + ". Nonces for its rounds are most likely worthless. Wait until it has caught up, and check that"
                        + " it has peers.");
    }

    @Override
    public void upstreamSynchronised() {
        log.log(Level.INFO, upstream + " is synchronised");
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
            case UpstreamTrouble.AccountRefused refused -> log.logRepeated(
                    Level.WARNING,
                    "account " + event.submission().accountId(),
                    upstream + " accepts no nonce of account " + event.submission().accountId() + " now ("
                            + LogText.clean(refused.message())
                            + "). Its best nonce is kept and tried again. Load the wallet that holds its key, or assign"
                            + " the account.");
            case UpstreamTrouble.Misfit misfit -> debug("No verdict, " + LogText.clean(misfit.message()), event);
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
                        + " is suspect, its nonces wait behind the others this round: 3 were rejected or worse than claimed"
                        + " (" + LogText.clean(words) + "). Check its plot files.");
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
                        + (roundKnown
                                ? ". Good nonces are kept and sent when it is back."
                                : ". There is no mining info yet, so miners wait."));
    }

    @Override
    public void upstreamStillDown(UpstreamTrouble trouble, Duration since) {
        outage.another(LogText.clean(trouble.message()), since)
                .ifPresent(words -> log.log(Level.WARNING, upstream + " does not answer as it should, " + words));
    }

    @Override
    public void upstreamUp(Duration lasted) {
        down = false;
        roundKnown = true; // perhaps since an earlier run
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
