package org.pocx.aggregator.core.forward;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Performs what was decided under a lock after that lock was released: in the order of the decisions, and one at a time. What
 * an effect throws is logged, and prevents no other effect.
 *
 * <p>Thread-safe. An effect may call back whoever decided it: a thread that is performing effects never waits for another one
 * that does. Bounded by the number of threads: each waits until what it added has been performed.
 *
 * @param <E> what is to be done
 */
final class EffectQueue<E> {
    private static final System.Logger LOG = System.getLogger(EffectQueue.class.getName());
    private static final ThreadLocal<Boolean> IS_PERFORMING = new ThreadLocal<>();

    private final Consumer<E> performer;
    private final Queue<E> waiting = new ConcurrentLinkedQueue<>();

    /** Held while effects are performed; never waited for by a thread that performs effects. */
    private final ReentrantLock turn = new ReentrantLock();

    EffectQueue(Consumer<E> performer) {
        this.performer = performer;
    }

    /** Adds effects; called under the lock under which they were decided. */
    void add(List<E> effects) {
        waiting.addAll(effects);
    }

    /** Performs all effects that were added; waits while another thread does. Called without a lock. */
    void perform() {
        if (IS_PERFORMING.get() == null) {
            turn.lock();
            performAll();
        } else {
            performOrLeave();
        }
    }

    /** Performs all effects that were added; leaves them to another thread if one performs effects now. */
    void performOrLeave() {
        if (turn.tryLock()) {
            performAll();
        }
    }

    private void performAll() {
        Boolean before = IS_PERFORMING.get();
        IS_PERFORMING.set(true);
        try {
            do {
                performWaiting();
            } while (!waiting.isEmpty() && turn.tryLock());
        } finally {
            if (before == null) {
                IS_PERFORMING.remove();
            }
        }
    }

    private void performWaiting() {
        try {
            for (E effect = waiting.poll(); effect != null; effect = waiting.poll()) {
                perform(effect);
            }
        } finally {
            turn.unlock();
        }
    }

    private void perform(E effect) {
        try {
            performer.accept(effect);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "an effect of a change failed", e);
        }
    }
}
