package org.pocx.aggregator.cli;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.cli.log.LineLog;
import org.pocx.aggregator.cli.log.LogText;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.NonceEvent;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Tells a spectator what happens: of the nonces only those that are the farm's best of their round so far, and what is
 * rejected. Sums up each round when the next one begins.
 *
 * <p>Thread-safe: this object's monitor guards the tally of the round.
 */
final class DemoReport implements AggregatorListener {
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
        private @Nullable NonceEvent bestSent;
        private @Nullable NonceEvent best;

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
    public synchronized void newRound(MiningInfo info, boolean revived) {
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
                : "best poc_time " + pocTime(over.best) + " by " + whose(over.best);
        return "summary    height " + Long.toUnsignedString(over.info.height()) + ": " + best + "; received "
                + over.received + ", filtered " + over.filtered + ", forwarded " + over.sent.size() + ", confirmed "
                + over.confirmed + ", rejected " + over.rejected;
    }

    @Override
    public synchronized void received(NonceEvent event) {
        Tally current = of(event);
        if (current != null) {
            current.received++;
        }
    }

    @Override
    public synchronized void filtered(NonceEvent event) {
        Tally current = of(event);
        if (current != null) {
            current.filtered++;
        }
    }

    /** Told for each attempt. */
    @Override
    public synchronized void forwarded(NonceEvent event) {
        Tally current = of(event);
        if (current != null && current.sent.add(event.submission().nonceId())) {
            if (isBetter(event, current.bestSent)) {
                current.bestSent = event;
                out.log(Level.INFO, "forwarded  poc_time " + pocTime(event) + ", " + whose(event));
            }
        }
    }

    @Override
    public synchronized void confirmed(NonceEvent event) {
        Tally current = of(event);
        if (current != null) {
            current.confirmed++;
            if (isBetter(event, current.best)) {
                current.best = event;
                out.log(Level.INFO, "confirmed  poc_time " + pocTime(event) + ", " + whose(event));
            }
        }
    }

    private static boolean isBetter(NonceEvent event, @Nullable NonceEvent best) {
        return best == null || Long.compareUnsigned(event.confirmedRawQuality(), best.confirmedRawQuality()) < 0;
    }

    @Override
    public synchronized void rejected(NonceEvent event) {
        Tally current = of(event);
        if (current != null) {
            current.rejected++;
        }
        out.log(Level.INFO, "rejected   " + whose(event) + ": " + LogText.clean(event.words()));
    }

    @Override
    public void upstreamDown(UpstreamTrouble trouble) {
        out.log(Level.INFO, "upstream   down: " + LogText.clean(trouble.message()));
    }

    @Override
    public void upstreamUp(Duration outage) {
        out.log(Level.INFO, "upstream   up" + (outage.isZero() ? "" : " after " + outage.toMillis() + " ms"));
    }

    private @Nullable Tally of(NonceEvent event) {
        Tally current = tally;
        return current != null && current.info.blockHash().equals(event.submission().blockHash()) ? current : null;
    }

    private String pocTime(NonceEvent event) {
        NonceSubmission nonce = event.submission();
        return Long.toUnsignedString(pocTime.seconds(event.confirmedRawQuality(), nonce.baseTarget())) + " s";
    }

    private static String whose(NonceEvent event) {
        return "machine " + event.miner().address() + " for account "
                + event.submission().accountId().substring(0, 8) + "..";
    }
}
