package org.pocx.aggregator.statistics.detection;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MinerId;

/**
 * The machines by id. When there are {@value #MAX}, the twentieth of them that was not seen for the longest time leaves;
 * those that never took part in a judged round leave after a day, and all others after 30 days.
 *
 * <p>Thread-safe; only the removal of machines is synchronized.
 */
final class WatchedMachines {
    static final int MAX = 20_000;

    private static final int LEAVING_PART = 20;
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final long KEPT_DAYS = 30;

    private final Map<String, MachineWatch> machines = new ConcurrentHashMap<>();

    Collection<MachineWatch> all() {
        return machines.values();
    }

    @Nullable
    MachineWatch known(String id) {
        return machines.get(id);
    }

    /** The machine of that name, seen now. */
    MachineWatch of(MinerId miner, long nanos) {
        MachineWatch known = machines.get(miner.id());
        return known != null ? known : add(miner, nanos, nanos);
    }

    /** A machine that was seen before the program started. */
    MachineWatch restored(String id, long nanos) {
        return add(MinerId.ofId(id), nanos - KEPT_DAYS * DAY_NANOS, nanos);
    }

    private MachineWatch add(MinerId miner, long firstNanos, long seenNanos) {
        if (machines.size() >= MAX) {
            makeRoom(seenNanos);
        }
        return machines.computeIfAbsent(miner.id(), id -> new MachineWatch(miner, firstNanos, seenNanos));
    }

    private synchronized void makeRoom(long now) {
        if (machines.size() < MAX) {
            return;
        }
        record Unseen(MachineWatch machine, long nanos) {} // read once: it changes while the list is sorted
        List<Unseen> longest = machines.values().stream()
                .map(machine -> new Unseen(machine, now - machine.seenNanos()))
                .sorted(Comparator.comparingLong(Unseen::nanos).reversed())
                .limit(MAX / LEAVING_PART)
                .toList();
        longest.forEach(unseen -> machines.remove(unseen.machine().id()));
    }

    void removeUnseen(long now) {
        machines.values()
                .removeIf(machine -> now - machine.seenNanos() >= (machine.isEmpty() ? 1 : KEPT_DAYS) * DAY_NANOS);
    }
}
