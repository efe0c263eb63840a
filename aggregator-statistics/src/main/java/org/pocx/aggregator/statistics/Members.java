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

/**
 * Who belongs to the farm: its machines, its accounts, and what each machine does for which account (its shares). Who was
 * not seen for a day leaves; at a limit, a twentieth leaves at once, those that were seen longest ago, so that the search
 * for them costs little each time.
 *
 * <p>Thread-safe without a lock that all share: only making room has one.
 */
final class Members {
    static final int MAX_MACHINES = 20_000;
    static final int MAX_ACCOUNTS = 20_000;
    /** Of all machines together, as one machine may be another proxy with a farm of its own behind it. About 1 KB each. */
    static final int MAX_SHARES = 100_000;

    private static final int LEAVING_PART = 20;
    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    private final int blocksPerDay;
    private final LongSupplier round;
    private final LongSupplier nanoTime;
    private final Map<String, MachineEntry> machines = new ConcurrentHashMap<>();
    private final Map<String, AccountEntry> accounts = new ConcurrentHashMap<>();
    private final AtomicInteger shares = new AtomicInteger();
    private final FateTally departed = new FateTally();

    /** @param round number of the present round, with which newcomers begin */
    Members(int blocksPerDay, LongSupplier round, LongSupplier nanoTime) {
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

    /** What happened to the nonces of machines that left. */
    FateCounts departed() {
        return departed.counts();
    }

    @Nullable
    MachineEntry knownMachine(String address) {
        return machines.get(address);
    }

    @Nullable
    AccountEntry knownAccount(String accountId) {
        return accounts.get(accountId);
    }

    /** The machine of that address; a new one was seen then. */
    MachineEntry machine(String address, long nanos) {
        MachineEntry known = machines.get(address);
        if (known != null) {
            return known;
        }
        if (machines.size() >= MAX_MACHINES) {
            makeRoomForMachine();
        }
        return machines.computeIfAbsent(
                address, name -> new MachineEntry(name, new Presence(round.getAsLong(), nanos), nanos));
    }

    /** The account of that id, seen then. */
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

    /** What the machine does for the account; a new share begins then. */
    Share share(MachineEntry machine, String accountId, long nanos) {
        Share known = machine.shares().get(accountId);
        if (known != null) {
            return known;
        }
        if (shares.get() >= MAX_SHARES) {
            makeRoomForShare();
        }
        return machine.shares().computeIfAbsent(accountId, id -> {
            shares.incrementAndGet();
            return new Share(machine.address(), id, blocksPerDay, nanos);
        });
    }

    private synchronized void makeRoomForMachine() {
        if (machines.size() >= MAX_MACHINES) {
            leave(machines.values().stream(), MachineEntry::seenNanos, MAX_MACHINES, this::remove);
        }
    }

    private synchronized void makeRoomForAccount() {
        if (accounts.size() >= MAX_ACCOUNTS) {
            leave(accounts.values().stream(), AccountEntry::seenNanos, MAX_ACCOUNTS, this::remove);
        }
    }

    private synchronized void makeRoomForShare() {
        if (shares.get() >= MAX_SHARES) {
            leave(allShares(), Share::lastSubmissionNanos, MAX_SHARES, this::remove);
        }
    }

    private Stream<Share> allShares() {
        return machines.values().stream().flatMap(machine -> machine.shares().values().stream());
    }

    /** Sorts by times that are read once: the members are seen while this runs, and a sort must not see that. */
    private <E> void leave(Stream<E> members, ToLongFunction<E> seen, int max, Consumer<E> remove) {
        record Unseen<T>(T member, long nanos) {}
        long now = nanoTime.getAsLong();
        List<Unseen<E>> longest = members.map(member -> new Unseen<>(member, now - seen.applyAsLong(member)))
                .sorted(Comparator.comparingLong((Unseen<E> unseen) -> unseen.nanos()).reversed())
                .limit(max / LEAVING_PART)
                .toList();
        longest.forEach(unseen -> remove.accept(unseen.member()));
    }

    private void remove(MachineEntry machine) {
        if (machines.remove(machine.address(), machine)) {
            departed.add(machine.tally().counts());
            machine.shares().values().forEach(share -> remove(machine, share));
        }
    }

    private void remove(AccountEntry account) {
        accounts.remove(account.accountId(), account);
    }

    private void remove(Share share) {
        MachineEntry machine = machines.get(share.machine());
        if (machine != null) {
            remove(machine, share);
        }
    }

    private void remove(MachineEntry machine, Share share) {
        if (machine.shares().remove(share.accountId(), share)) {
            shares.decrementAndGet();
        }
    }

    /** Those that were not seen for a day leave. */
    void forgetTheDeparted() {
        long now = nanoTime.getAsLong();
        machines.values().stream().filter(machine -> now - machine.seenNanos() >= DAY_NANOS).forEach(this::remove);
        accounts.values().stream().filter(account -> now - account.seenNanos() >= DAY_NANOS).forEach(this::remove);
        allShares().filter(share -> now - share.lastSubmissionNanos() >= DAY_NANOS).forEach(this::remove);
        shares.set((int) allShares().count()); // one that began while its machine left would count for ever
    }
}
