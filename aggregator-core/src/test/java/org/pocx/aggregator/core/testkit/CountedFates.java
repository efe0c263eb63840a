package org.pocx.aggregator.core.testkit;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;

/** Counts where nonces stand, by their events alone. Thread-safe, by its monitor. */
public final class CountedFates implements AggregatorListener {
    private final Map<Fate, Long> counts = new EnumMap<>(Fate.class);
    private final Set<String> suspects = new HashSet<>();
    private long received;

    @Override
    public synchronized void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.FateChanged changed -> {
                if (changed.before() == null) {
                    received++;
                } else {
                    counts.merge(changed.before(), -1L, Long::sum);
                }
                counts.merge(changed.after(), 1L, Long::sum);
            }
            case AggregatorEvent.MachineSuspected suspected -> suspects.add(suspected.miner().address());
            default -> {}
        }
    }

    /** How many nonces stand there now; those that were confirmed before a restart are not counted. */
    public synchronized long count(Fate fate) {
        return counts.getOrDefault(fate, 0L);
    }

    /** How many nonces were received. */
    public synchronized long received() {
        return received;
    }

    /** The machines that were suspected in any round. */
    public synchronized Set<String> suspects() {
        return Set.copyOf(suspects);
    }
}
