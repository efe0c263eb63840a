package org.pocx.aggregator.simulator.chain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.time.Scheduler;

/**
 * Forges the blocks of a chain, at the times that its {@link BlockTiming} gives. A fork starts the round's time again.
 *
 * <p>Thread-safe; guarded by its own monitor. Code that holds this monitor may take the chain's monitor, but not the
 * other way round.
 */
public final class BlockForger implements AutoCloseable {
    private final SimulatedChain chain;
    private final Scheduler scheduler;
    private final BlockTiming timing;
    private String blockHash = "";
    private long roundStart;
    private Scheduler.@Nullable Task pending;
    private boolean closed;

    /**
     * Creates a forger that is not started yet.
     *
     * @param chain whose blocks it forges
     * @param scheduler is not closed by this object
     * @param timing how long each round lasts
     */
    public BlockForger(SimulatedChain chain, Scheduler scheduler, BlockTiming timing) {
        this.chain = chain;
        this.scheduler = scheduler;
        this.timing = timing;
    }

    /** Starts forging. Call it once. */
    public void start() {
        chain.addListener(new ChainListener() {
            @Override
            public void validated(ValidatedNonce nonce) {
                if (nonce.isAccepted()) {
                    scheduleBlock();
                }
            }

            @Override
            public void tipChanged(Tip tip) {
                scheduleBlock();
            }
        });
        scheduleBlock();
    }

    /** Schedules the end of the current round, in place of what was scheduled before. */
    private synchronized void scheduleBlock() {
        if (closed) {
            return;
        }
        String current = chain.tip().blockHash();
        if (!current.equals(blockHash)) {
            blockHash = current;
            roundStart = scheduler.nanoTime();
        }
        if (pending != null) {
            pending.cancel();
        }
        Duration age = Duration.ofNanos(scheduler.nanoTime() - roundStart);
        pending = scheduler.schedule(timing.roundLength(chain).minus(age), () -> forge(current));
    }

    private void forge(String round) {
        synchronized (this) {
            if (closed || !round.equals(blockHash)) {
                return;
            }
        }
        if (chain.forgeIfUnlocked().isEmpty()) {
            scheduleBlock();
        }
    }

    /** Stops forging. The chain does not change. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
    }
}
