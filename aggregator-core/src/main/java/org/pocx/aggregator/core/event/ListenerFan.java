package org.pocx.aggregator.core.event;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.store.FarmEvent;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** Tells several listeners, in their order. One that throws disturbs neither the others nor the rules. */
public final class ListenerFan implements AggregatorListener {
    private static final System.Logger LOG = System.getLogger(ListenerFan.class.getName());

    private final List<AggregatorListener> listeners;

    /**
     * Tells several listeners as one; what one of them throws keeps nothing from the others.
     *
     * @param listeners told in this order, each in the calling thread
     */
    public ListenerFan(List<AggregatorListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    private void tell(Consumer<AggregatorListener> event) {
        for (AggregatorListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a listener failed", e);
            }
        }
    }

    @Override
    public void started() {
        tell(AggregatorListener::started);
    }

    @Override
    public void newRound(MiningInfo info, boolean revived) {
        tell(listener -> listener.newRound(info, revived));
    }

    @Override
    public void roundChanged(MiningInfo info) {
        tell(listener -> listener.roundChanged(info));
    }

    @Override
    public void minerSeen(MinerId miner) {
        tell(listener -> listener.minerSeen(miner));
    }

    @Override
    public void received(NonceEvent event) {
        tell(listener -> listener.received(event));
    }

    @Override
    public void refused(NonceEvent event) {
        tell(listener -> listener.refused(event));
    }

    @Override
    public void filtered(NonceEvent event) {
        tell(listener -> listener.filtered(event));
    }

    @Override
    public void queued(NonceEvent event) {
        tell(listener -> listener.queued(event));
    }

    @Override
    public void superseded(NonceEvent event) {
        tell(listener -> listener.superseded(event));
    }

    @Override
    public void forwarded(NonceEvent event) {
        tell(listener -> listener.forwarded(event));
    }

    @Override
    public void delayed(NonceEvent event, UpstreamTrouble trouble) {
        tell(listener -> listener.delayed(event, trouble));
    }

    @Override
    public void confirmed(NonceEvent event) {
        tell(listener -> listener.confirmed(event));
    }

    @Override
    public void rejected(NonceEvent event) {
        tell(listener -> listener.rejected(event));
    }

    @Override
    public void stale(NonceEvent event) {
        tell(listener -> listener.stale(event));
    }

    @Override
    public void expired(NonceEvent event) {
        tell(listener -> listener.expired(event));
    }

    @Override
    public void resent(NonceEvent event) {
        tell(listener -> listener.resent(event));
    }

    @Override
    public void accountAcceptedAgain(String accountId) {
        tell(listener -> listener.accountAcceptedAgain(accountId));
    }

    @Override
    public void requestsMisfit(UpstreamTrouble.Misfit trouble) {
        tell(listener -> listener.requestsMisfit(trouble));
    }

    @Override
    public void requestsFit() {
        tell(AggregatorListener::requestsFit);
    }

    @Override
    public void upstreamSynchronising(String evidence) {
        tell(listener -> listener.upstreamSynchronising(evidence));
    }

    @Override
    public void upstreamSynchronised() {
        tell(AggregatorListener::upstreamSynchronised);
    }

    @Override
    public void suspected(MinerId miner, String words) {
        tell(listener -> listener.suspected(miner, words));
    }

    @Override
    public void minerSilent(MinerId miner, int missedRounds) {
        tell(listener -> listener.minerSilent(miner, missedRounds));
    }

    @Override
    public void minerBack(MinerId miner, Duration silence) {
        tell(listener -> listener.minerBack(miner, silence));
    }

    @Override
    public void upstreamDown(UpstreamTrouble trouble) {
        tell(listener -> listener.upstreamDown(trouble));
    }

    @Override
    public void upstreamStillDown(UpstreamTrouble trouble, Duration since) {
        tell(listener -> listener.upstreamStillDown(trouble, since));
    }

    @Override
    public void upstreamUp(Duration outage) {
        tell(listener -> listener.upstreamUp(outage));
    }

    @Override
    public void storeDown(String reason) {
        tell(listener -> listener.storeDown(reason));
    }

    @Override
    public void storeStillDown(String reason) {
        tell(listener -> listener.storeStillDown(reason));
    }

    @Override
    public void clockSet(Duration by) {
        tell(listener -> listener.clockSet(by));
    }

    @Override
    public void storeUp(Duration outage) {
        tell(listener -> listener.storeUp(outage));
    }

    @Override
    public void logged(FarmEvent event) {
        tell(listener -> listener.logged(event));
    }

    @Override
    public void stored(Duration took) {
        tell(listener -> listener.stored(took));
    }

    @Override
    public void stopped() {
        tell(AggregatorListener::stopped);
    }
}
