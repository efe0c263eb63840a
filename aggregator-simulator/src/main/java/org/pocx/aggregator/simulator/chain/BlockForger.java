package org.pocx.aggregator.simulator.chain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.time.Scheduler;

/**
 * Drives a chain: forges a block whenever its {@link ForgingRule} says so, beginning when it is made. A fork or restart
 * begins a round anew.
 *
 * <p>Thread-safe; its state is guarded by its own monitor, which may be held while the chain's is taken, never the other
 * way round.
 */
public final class BlockForger implements AutoCloseable {
    private final SimulatedChain chain;
    private final Scheduler scheduler;
    private final ForgingRule rule;
    private String blockHash = "";
    private long roundBegan;
    private Scheduler.@Nullable Task pending;
    private boolean closed;

    /**
     * A forger that has not begun.
     *
     * @param chain whose rounds it ends
     * @param scheduler stays its caller's to close
     * @param rule when each of them ends
     */
    public BlockForger(SimulatedChain chain, Scheduler scheduler, ForgingRule rule) {
        this.chain = chain;
        this.scheduler = scheduler;
        this.rule = rule;
    }

    /** Begins to forge. Call it once. */
    public void start() {
        chain.addListener(new ChainListener() {
            @Override
            public void judged(LedgerEntry entry) {
                if (entry.isAccepted()) {
                    arm();
                }
            }

            @Override
            public void tipChanged(Tip tip) {
                arm();
            }
        });
        arm();
    }

    /** Sets the clock for the end of the round as it stands now. */
    private synchronized void arm() {
        if (closed) {
            return;
        }
        String current = chain.tip().blockHash();
        if (!current.equals(blockHash)) {
            blockHash = current;
            roundBegan = scheduler.nanoTime();
        }
        if (pending != null) {
            pending.cancel();
        }
        Duration age = Duration.ofNanos(scheduler.nanoTime() - roundBegan);
        pending = scheduler.schedule(rule.roundLength(chain).minus(age), () -> forgeUnlessOver(current));
    }

    private void forgeUnlessOver(String round) {
        synchronized (this) {
            if (closed || !round.equals(blockHash)) {
                return;
            }
        }
        if (chain.forgeIfSigned().isEmpty()) {
            arm();
        }
    }

    /** Forges no more; the chain stays as it is. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        if (pending != null) {
            pending.cancel();
            pending = null;
        }
    }
}
