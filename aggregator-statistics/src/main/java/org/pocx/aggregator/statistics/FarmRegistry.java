package org.pocx.aggregator.statistics;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MinerId;

/**
 * The machines and accounts of the farm, and the pairs of a machine and an account that it mines for. Entries that were
 * not seen for a day are removed. When a limit is reached, the twentieth of the entries that were not seen for the
 * longest time is removed at once, so that finding them is rarely necessary.
 *
 * <p>Thread-safe without a common lock: only the removal of entries is synchronized.
 */
final class FarmRegistry {
    static final int MAX_MACHINES = 20_000;
    static final int MAX_ACCOUNTS = 20_000;
    /** For all machines together, because one machine may be a proxy with a farm behind it. About 1 KB each. */
    static final int MAX_PAIRS = 100_000;

    private static final int LEAVING_PART = 20;
    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    private final int blocksPerDay;
    private final LongSupplier round;
    private final LongSupplier nanoTime;
    private final Map<String, MachineEntry> machines = new ConcurrentHashMap<>();
    private final Map<String, AccountEntry> accounts = new ConcurrentHashMap<>();
    private final AtomicInteger pairs = new AtomicInteger();
    private final FateTally removed = new FateTally();

    /** @param round the number of the current round, where new entries begin */
    FarmRegistry(int blocksPerDay, LongSupplier round, LongSupplier nanoTime) {
        this.blocksPerDay = blocksPerDay;
        this.round = round;
        this.nanoTime = nanoTime;
    }

    Collection<MachineEntry> machines() {
        return machines.values();
    }

    Collection<AccountEntry> accounts() {
        return accounts.values();
    }

    /** The counts of removed machines. */
    FateCounts removed() {
        return removed.counts();
    }

    @Nullable
    MachineEntry knownMachine(String machineId) {
        return machines.get(machineId);
    }

    @Nullable
    AccountEntry knownAccount(String accountId) {
        return accounts.get(accountId);
    }

    /** The machine with that id, in any spelling of its address. If it is new, it was seen at the given time. */
    MachineEntry machine(String machineId, long nanos) {
        MachineEntry known = machines.get(machineId);
        if (known != null) {
            return known;
        }
        if (machines.size() >= MAX_MACHINES) {
            makeRoomForMachine();
        }
        MinerId miner = MinerId.ofId(machineId);
        return machines.computeIfAbsent(
                miner.id(), id -> new MachineEntry(miner, new MachineActivity(round.getAsLong(), nanos), nanos));
    }

    /** The account with that id, seen at the given time. */
    AccountEntry account(String accountId, long nanos) {
        AccountEntry known = accounts.get(accountId);
        if (known != null) {
            known.seen(nanos);
            return known;
        }
        if (accounts.size() >= MAX_ACCOUNTS) {
            makeRoomForAccount();
        }
        return accounts.computeIfAbsent(accountId, id -> new AccountEntry(id, round.getAsLong(), nanos));
    }

    /** The entry of the machine and the account; created if it is new. */
    MachineAccountEntry pair(MachineEntry machine, String accountId, long nanos) {
        MachineAccountEntry known = machine.pairs().get(accountId);
        if (known != null) {
            return known;
        }
        if (pairs.get() >= MAX_PAIRS) {
            makeRoomForPair();
        }
        return machine.pairs().computeIfAbsent(accountId, id -> {
            pairs.incrementAndGet();
            return new MachineAccountEntry(machine.id(), id, blocksPerDay, nanos);
        });
    }

    private synchronized void makeRoomForMachine() {
        if (machines.size() >= MAX_MACHINES) {
            removeLongestUnseen(machines.values().stream(), MachineEntry::seenNanos, MAX_MACHINES, this::remove);
        }
    }

    private synchronized void makeRoomForAccount() {
        if (accounts.size() >= MAX_ACCOUNTS) {
            removeLongestUnseen(accounts.values().stream(), AccountEntry::seenNanos, MAX_ACCOUNTS, this::remove);
        }
    }

    private synchronized void makeRoomForPair() {
        if (pairs.get() >= MAX_PAIRS) {
            removeLongestUnseen(allPairs(), MachineAccountEntry::lastSubmissionNanos, MAX_PAIRS, this::remove);
        }
    }

    private Stream<MachineAccountEntry> allPairs() {
        return machines.values().stream().flatMap(machine -> machine.pairs().values().stream());
    }

    /** Sorts by times that are read once, because they change while this runs and the sort needs stable values. */
    private <E> void removeLongestUnseen(Stream<E> entries, ToLongFunction<E> seen, int max, Consumer<E> remove) {
        record Unseen<T>(T entry, long nanos) {}
        long now = nanoTime.getAsLong();
        List<Unseen<E>> longest = entries.map(entry -> new Unseen<>(entry, now - seen.applyAsLong(entry)))
                .sorted(Comparator.comparingLong((Unseen<E> unseen) -> unseen.nanos()).reversed())
                .limit(max / LEAVING_PART)
                .toList();
        longest.forEach(unseen -> remove.accept(unseen.entry()));
    }

    private void remove(MachineEntry machine) {
        if (machines.remove(machine.id(), machine)) {
            removed.add(machine.tally().counts());
            machine.pairs().values().forEach(pair -> remove(machine, pair));
        }
    }

    private void remove(AccountEntry account) {
        accounts.remove(account.accountId(), account);
    }

    private void remove(MachineAccountEntry pair) {
        MachineEntry machine = machines.get(pair.machine());
        if (machine != null) {
            remove(machine, pair);
        }
    }

    private void remove(MachineEntry machine, MachineAccountEntry pair) {
        if (machine.pairs().remove(pair.accountId(), pair)) {
            pairs.decrementAndGet();
        }
    }

    /** Removes the entries that were not seen for a day. */
    void removeUnseen() {
        long now = nanoTime.getAsLong();
        machines.values().stream().filter(machine -> now - machine.seenNanos() >= DAY_NANOS).forEach(this::remove);
        accounts.values().stream().filter(account -> now - account.seenNanos() >= DAY_NANOS).forEach(this::remove);
        allPairs().filter(pair -> now - pair.lastSubmissionNanos() >= DAY_NANOS).forEach(this::remove);
        pairs.set((int) allPairs().count()); // corrects the count if an entry was added while its machine was removed
    }
}
